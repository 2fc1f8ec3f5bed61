import Storage
import Synchronization

/// Answers filters from tables of values that stay in memory, one for each workspace that is filtered.
///
/// Nobody has to report a write: each look brings the table up to the state that its transaction sees, by the documents
/// that the database has noted as changed. Only fields that were asked for are kept, and when all tables together take
/// more than the limit, those that were asked least recently go.
final class FieldTables: Sendable {
    private struct Entry {
        var table: FieldTable
        /// The number of the last use.
        var lastUse: UInt64
    }

    private struct State {
        var entries: [Int64: Entry] = [:]
        var uses: UInt64 = 0
    }

    /// More fields than people filter by.
    private static let mostFields = 16

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: bytes that all tables together may take, about.
    init(limit: Int = 64 << 20) { self.limit = limit }

    /// Bytes that all tables take, about.
    var bytes: Int { state.withLock { $0.entries.values.reduce(0) { $0 + $1.table.bytes } } }

    /// The rows of `workspaceDocuments` that a filter accepts.
    func matching(_ filter: MetadataFilter, workspaceIds: [Int64], _ transaction: Transaction) throws -> Set<Int64> {
        var matching: Set<Int64> = []
        for workspaceId in workspaceIds {
            // None: no document was ever in it.
            guard let generation = try transaction.indexGeneration(workspaceId: workspaceId) else { continue }
            let known = state.withLock { $0.entries[workspaceId]?.table }
            let table =
                try known.flatMap { try updated($0, filter, workspaceId, generation, transaction) }
                ?? loaded(fields(of: filter, beside: known), workspaceId, generation, transaction)
            keep(table, workspaceId)
            matching.formUnion(table.matching(filter))
        }
        return matching
    }

    /// - Returns: nil when the table lacks a field, or the database does not remember what has changed since.
    private func updated(
        _ table: FieldTable, _ filter: MetadataFilter, _ workspaceId: Int64, _ generation: Int64,
        _ transaction: Transaction
    ) throws -> FieldTable? {
        guard filter.fields.allSatisfy(table.holds) else { return nil }
        if table.generation == generation { return table }
        guard let changed = try transaction.documentsChanged(workspaceId: workspaceId, since: table.generation) else {
            return nil
        }
        var table = table
        table.generation = generation
        for document in changed { table.remove(document) }
        try transaction.forEachMetadata(workspaceId: workspaceId, among: changed) { document, metadata, attributes in
            table.insert(document, DocumentFields(metadata: metadata, attributes: attributes))
        }
        return table
    }

    private func loaded(
        _ fields: [String], _ workspaceId: Int64, _ generation: Int64, _ transaction: Transaction
    ) throws -> FieldTable {
        var table = FieldTable(fields: fields, generation: generation)
        try transaction.forEachMetadata(workspaceId: workspaceId) { document, metadata, attributes in
            table.insert(document, DocumentFields(metadata: metadata, attributes: attributes))
        }
        return table
    }

    /// The filter's own fields, and those that were asked for before while they are few.
    private func fields(of filter: MetadataFilter, beside table: FieldTable?) -> [String] {
        let others = table?.fields.prefix(max(0, Self.mostFields - filter.fields.count)) ?? []
        return filter.fields + others
    }

    private func keep(_ table: FieldTable, _ workspaceId: Int64) {
        state.withLock { state in
            state.uses += 1
            state.entries[workspaceId] = Entry(table: table, lastUse: state.uses)
            var bytes = state.entries.values.reduce(0) { $0 + $1.table.bytes }
            while bytes > limit, let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                bytes -= oldest.value.table.bytes
                state.entries[oldest.key] = nil
            }
        }
    }
}
