public import OrderedJSON

/// A large text that has been stored: the record of its answer, and its text piece by piece.
public struct StoredLargeText: Sendable {
    /// With an empty `pageContent`, whose place it marks.
    public let record: JSONObject
    private let file: SpooledFile

    init(record: JSONObject, file: SpooledFile) {
        self.record = record
        self.file = file
    }

    public var pieces: TextPieceReader { TextPieceReader(file) }
}
