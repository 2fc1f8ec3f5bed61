import OrderedJSON
import Storage

/// The values that the documents of a workspace have in some fields of their metadata: what filters look at, parsed once.
struct FieldTable: Sendable {
    /// Names are compared by their bytes, as keys of JSON are: `String` takes two forms of a letter for the same.
    private typealias Name = [UInt8]

    /// The state of the workspace that it shows (``Transaction/indexGeneration(workspaceId:)``).
    var generation: Int64
    private let names: [Name: String]
    private var documents: Set<Int64> = []
    /// For each field the values of the documents that have any.
    private var columns: [Name: [Int64: [JSONValue]]] = [:]
    /// About the memory that the values take.
    private(set) var bytes = 0

    init(fields: some Sequence<String>, generation: Int64) {
        self.generation = generation
        names = Dictionary(fields.map { (Name($0.utf8), $0) }) { first, _ in first }
    }

    var fields: [String] { Array(names.values) }

    func holds(_ field: String) -> Bool { names[Name(field.utf8)] != nil }

    mutating func insert(_ document: Int64, _ fields: DocumentFields) {
        documents.insert(document)
        bytes += Self.entryBytes
        for (name, field) in names {
            let values = fields.values(of: field)
            if values.isEmpty { continue }
            columns[name, default: [:]][document] = values
            bytes += Self.bytes(values)
        }
    }

    mutating func remove(_ document: Int64) {
        guard documents.remove(document) != nil else { return }
        bytes -= Self.entryBytes
        for name in names.keys {
            if let values = columns[name]?.removeValue(forKey: document) { bytes -= Self.bytes(values) }
        }
    }

    /// The documents that a filter accepts, which asks for fields of this table only.
    func matching(_ filter: MetadataFilter) -> [Int64] {
        documents.filter { document in filter.accepts { columns[Name($0.utf8)]?[document] ?? [] } }
    }

    /// Of a document's number in a set, and of a list of values in a dictionary.
    private static let entryBytes = 64

    private static func bytes(_ values: [JSONValue]) -> Int {
        values.reduce(entryBytes) { $0 + MemoryLayout<JSONValue>.stride + ($1.stringValue?.utf8.count ?? 0) }
    }
}
