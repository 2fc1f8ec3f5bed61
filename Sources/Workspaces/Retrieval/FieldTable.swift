import OrderedJSON

/// The values that the documents of a workspace have in some fields of their metadata: what filters look at, parsed once.
struct FieldTable: Sendable {
    /// Names are compared by their bytes, as keys of JSON are: `String` takes two forms of a letter for the same.
    private typealias Name = [UInt8]

    /// The state of the workspace that it shows (``Transaction/indexGeneration(workspaceId:)``).
    var generation: Int64
    private let names: [Name: String]
    /// In no order; the place of a document is that of its values.
    private var documents: [Int64] = []
    private var places: [Int64: Int] = [:]
    /// For each field the values of every document, none where it has none.
    private var columns: [Name: [[JSONValue]]]
    /// About the memory that the values take.
    private(set) var bytes = 0

    init(fields: some Sequence<String>, generation: Int64) {
        self.generation = generation
        names = Dictionary(fields.map { (Name($0.utf8), $0) }) { first, _ in first }
        columns = names.mapValues { _ in [] }
    }

    var fields: [String] { Array(names.values) }

    func holds(_ field: String) -> Bool { names[Name(field.utf8)] != nil }

    /// - Parameter document: one that is not there.
    mutating func insert(_ document: Int64, _ fields: DocumentFields) {
        places[document] = documents.count
        documents.append(document)
        bytes += Self.entryBytes
        for (name, field) in names {
            let values = fields.values(of: field)
            columns[name]?.append(values)
            bytes += Self.bytes(values)
        }
    }

    /// The last document takes the place.
    mutating func remove(_ document: Int64) {
        guard let place = places.removeValue(forKey: document), let last = documents.popLast() else { return }
        if last != document {
            documents[place] = last
            places[last] = place
        }
        bytes -= Self.entryBytes
        for name in names.keys { bytes -= Self.bytes(columns[name]?.removeAsLast(at: place) ?? []) }
    }

    /// The documents that a filter accepts, which asks for fields of this table only.
    func matching(_ filter: MetadataFilter) -> [Int64] {
        let accepts = filter.test { field in
            let column = columns[Name(field.utf8)] ?? Array(repeating: [], count: documents.count)
            return { column[$0] }
        }
        return documents.indices.filter(accepts).map { documents[$0] }
    }

    /// Of a document's number and place.
    private static let entryBytes = 32

    private static func bytes(_ values: [JSONValue]) -> Int {
        let header = values.isEmpty ? 0 : 32
        return values.reduce(MemoryLayout<[JSONValue]>.stride + header) {
            $0 + MemoryLayout<JSONValue>.stride + ($1.stringValue?.utf8.count ?? 0)
        }
    }
}

extension [[JSONValue]] {
    /// Puts the last element in the place of the one removed.
    fileprivate mutating func removeAsLast(at place: Int) -> [JSONValue] {
        swapAt(place, count - 1)
        return removeLast()
    }
}
