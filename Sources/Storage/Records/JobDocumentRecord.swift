public import GRDB

/// A row of `jobDocuments`: one document of a job.
public struct JobDocumentRecord: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        case embedded
        case skipped
        case failed
    }

    /// Place in the job's list, from 0.
    public var position: Int
    public var docpath: String
    public var outcome: Outcome?
    public var error: String?

    static let columns = "position, docpath, outcome, error"
}

extension JobDocumentRecord: FetchableRecord {
    public init(row: Row) {
        position = row[0]
        docpath = row[1]
        let outcome: String? = row[2]
        self.outcome = outcome.flatMap(Outcome.init)
        error = row[3]
    }
}
