import Storage

/// Where the rows of the source have gone, by their ids there.
struct ImportedIds: Sendable {
    /// Rows of this and of earlier runs.
    private(set) var ids: [String: Int64]
    /// Ids up to this one have been given before this run; a source row above it may keep its own.
    private let floor: Int64
    private let kind: ImportedKind
    private let source: String

    init(_ kind: ImportedKind, source: String, _ transaction: Transaction) throws {
        ids = try transaction.importedRows(source: source, kind)
        floor = try transaction.greatestId(of: kind)
        self.kind = kind
        self.source = source
    }

    subscript(_ id: Int64) -> Int64? { ids[String(id)] }
    subscript(_ key: String) -> Int64? { ids[key] }

    /// The source's id when it has never been given here, else nil.
    ///
    /// Ids of AnythingLLM have 32 bits. A greater one is no id of its making, and the next row here would have to have one
    /// greater still, which there is not in the end.
    func kept(_ id: Int64, _ transaction: Transaction) throws -> Int64? {
        try id > floor && id <= Int32.max && !transaction.hasRow(id, of: kind) ? id : nil
    }

    mutating func record(_ key: String, as id: Int64, _ transaction: Transaction) throws {
        try transaction.recordImport(source: source, kind, sourceKey: key, id: id)
        ids[key] = id
    }
}
