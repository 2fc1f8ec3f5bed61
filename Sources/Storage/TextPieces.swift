/// A text cut into pieces of at most `limit` bytes of UTF-8, between scalars; joined they are the text again.
///
/// An empty text has no piece.
struct TextPieces: Sequence, IteratorProtocol {
    private var rest: Substring.UTF8View
    private let limit: Int

    /// - Parameter limit: at least 4, the longest scalar.
    init(_ text: String, limit: Int) {
        rest = text.utf8[...]
        self.limit = limit
    }

    mutating func next() -> Substring? {
        guard !rest.isEmpty else { return nil }
        var end = rest.index(rest.startIndex, offsetBy: limit, limitedBy: rest.endIndex) ?? rest.endIndex
        // A byte 10xxxxxx continues a scalar: step back to its first byte.
        while end < rest.endIndex, rest[end] & 0xC0 == 0x80 { end = rest.index(before: end) }
        defer { rest = rest[end...] }
        return Substring(rest[..<end])
    }
}
