/// One document of a file that was sent.
public struct UploadedDocument: Sendable, Equatable {
    /// What an upload's answer calls `outcome`.
    public enum Outcome: String, Sendable {
        case stored
        /// The library had it already.
        case skipped
        /// An earlier document has its content now.
        case replaced
    }

    public var docpath: String
    public var outcome: Outcome

    public init(docpath: String, outcome: Outcome) {
        self.docpath = docpath
        self.outcome = outcome
    }
}
