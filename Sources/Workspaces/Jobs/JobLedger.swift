import OrderedJSON
import Storage

/// Writes down what became of the documents of a job, inside the transaction of what became of them.
struct JobLedger: Sendable {
    /// The job was cancelled or has ended otherwise: what was done for it is not wanted any more.
    struct JobEnded: Error {}

    let dependencies: Dependencies

    /// - Throws: ``JobEnded``, which undoes the transaction.
    func finish(
        _ place: JobBoard.Place, _ outcome: JobDocumentRecord.Outcome, error: String? = nil, chunks: Int = 0,
        _ transaction: Transaction
    ) throws {
        let job = try transaction.finishJobDocument(
            jobId: place.job, position: place.position, outcome, error: error, chunks: chunks)
        guard let job else { throw JobEnded() }
        guard job.embedded + job.skipped + job.failed == job.total else { return }
        _ = try transaction.endJob(id: place.job, .completed, at: dependencies.source.now())
        try noteEnd(of: job, transaction)
    }

    /// The events of a call of update-embeddings, written when its last document is done.
    func noteEnd(of job: JobRecord, _ transaction: Transaction) throws {
        let events = dependencies.events(transaction)
        try events.count(.documentsEmbedded, dependencies.telemetry.selection(withModel: true))
        // Requested, not successful, as the reference counts (contract/vectors.md VQ-11).
        try events.log(
            "workspace_documents_added",
            ["workspaceName": .string(job.workspaceName), "numberOfDocumentsAdded": JSONValue(job.total)])
    }
}
