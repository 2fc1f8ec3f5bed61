import Documents
import OrderedJSON
import Storage

/// Takes converted documents into the library by a ``DuplicateRule`` and into the workspaces that the request names.
struct AdmitDocuments: Sendable {
    /// What the request says beside its documents.
    struct Request: Sendable {
        var onDuplicate = DuplicateRule.keep
        /// The folder that the client asked for, in which alone a document can be replaced; nil for any.
        var folder: String?
        /// Slugs separated by commas; they get the first document only.
        var workspaces: String?
        /// What is written into the event log.
        var event: String
        var details: JSONObject
        var telemetry: TelemetryEvent
    }

    struct Admitted: Sendable, Equatable {
        enum Outcome: String, Sendable {
            case stored
            /// The library had it already.
            case skipped
            /// An earlier document has its content now.
            case replaced
        }

        /// As it is in the library now.
        var record: DocumentRecord
        var outcome: Outcome

        /// The record of an upload's answer; it tells the outcome when the client has chosen a rule.
        func json(rule: DuplicateRule, isMoved: Bool = false) -> JSONObject {
            var json = record.uploadRecord(isMoved: isMoved)
            if rule != .keep { json["outcome"] = .string(outcome.rawValue) }
            return json
        }
    }

    let dependencies: Dependencies

    /// - Returns: one for each record, in order.
    /// - Throws: ``LibraryRefusal``, ``StorageError``.
    func callAsFunction(_ records: [DocumentRecord], _ request: Request) async throws -> [Admitted] {
        let admitted: [Admitted]
        if request.onDuplicate == .keep {
            try StoreDocuments(dependencies: dependencies)(
                records, event: request.event, details: request.details, telemetry: request.telemetry)
            admitted = records.map { Admitted(record: $0, outcome: .stored) }
        } else {
            admitted = try await admit(records, request)
        }
        if let first = admitted.first {
            // A document that was there may be in the workspaces already, with this content.
            try await AddToWorkspaces(dependencies: dependencies)(
                request.workspaces, docpath: first.record.location.path, onlyMissing: first.outcome != .stored)
        }
        return admitted
    }

    private enum Decision {
        case done(Admitted)
        case replace(LibraryAddress)
    }

    private func admit(_ records: [DocumentRecord], _ request: Request) async throws -> [Admitted] {
        let now = dependencies.source.now()
        // Looking and storing are one transaction, so that the same upload sent twice at once is stored once.
        let decisions = try dependencies.database.write { transaction in
            let events = dependencies.events(transaction)
            try events.count(request.telemetry)
            try events.log(request.event, request.details)
            return try records.map { try decide($0, request, now, transaction) }
        }
        var admitted: [Admitted] = []
        for (record, decision) in zip(records, decisions) {
            switch decision {
            case .done(let result): admitted.append(result)
            case .replace(let address): admitted.append(try await replace(address, with: record, now))
            }
        }
        return admitted
    }

    private func decide(
        _ record: DocumentRecord, _ request: Request, _ now: Int64, _ transaction: Transaction
    ) throws -> Decision {
        var row = LibraryDocumentRecord(record, createdAt: now)
        if request.onDuplicate == .skip {
            if let hash = row.textHash, let old = try transaction.document(textHash: hash) {
                return .done(Admitted(record: Self.stored(old, text: record.pageContent), outcome: .skipped))
            }
        } else if let source = row.source,
            let old = try transaction.document(source: source, folder: request.folder)
        {
            if old.textHash != row.textHash { return .replace(LibraryAddress(old)) }
            return .done(Admitted(record: Self.stored(old, text: record.pageContent), outcome: .skipped))
        }
        try transaction.insert(&row, text: record.pageContent)
        return .done(Admitted(record: record, outcome: .stored))
    }

    private func replace(
        _ address: LibraryAddress, with record: DocumentRecord, _ now: Int64
    ) async throws -> Admitted {
        if let new = try await ReplaceDocument(dependencies: dependencies)(address, with: record) {
            return Admitted(record: new, outcome: .replaced)
        }
        // The earlier one was removed meanwhile.
        try dependencies.database.write { transaction in
            var row = LibraryDocumentRecord(record, createdAt: now)
            try transaction.insert(&row, text: record.pageContent)
        }
        return Admitted(record: record, outcome: .stored)
    }

    private static func stored(_ row: LibraryDocumentRecord, text: String) -> DocumentRecord {
        DocumentRecord(
            metadata: StoredJSON.object(row.metadata), pageContent: text,
            location: DocumentLocation(folder: row.folder, fileName: row.fileName))
    }
}
