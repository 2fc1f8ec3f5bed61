/// The input of the encoder: token ids with their segment.
struct TokenSequence: Sendable, Equatable {
    var ids: [Int32]
    /// Where the second segment (token type 1) of a pair begins; the whole sequence is of type 0 without it.
    var secondSegment: Int?
}
