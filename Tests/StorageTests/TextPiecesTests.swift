import Testing

@testable import Storage

@Suite("Pieces of a text")
struct TextPiecesTests {
    @Test("joined they are the text, none is longer than the limit, none is empty", arguments: [4, 5, 7, 64])
    func joining(limit: Int) {
        for text in ["", "a", "abcdefgh", "äöüß€漢字😀😀", String(repeating: "é\u{301}😀x", count: 50)] {
            let pieces = Array(TextPieces(text, limit: limit))
            #expect(pieces.joined() == text)
            #expect(pieces.allSatisfy { (1...limit).contains($0.utf8.count) })
        }
    }
}
