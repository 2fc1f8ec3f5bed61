import Testing
import TestSupport

@testable import TokenCounting

@Suite("Splitting into pieces of o200k_base")
struct CasedPieceScannerTests {
    /// Made with the published expression and Python's `regex`.
    @Test(
        "texts split as the published expression splits them",
        arguments: [
            ("", []), ("Hello, world!", ["Hello", ",", " world", "!"]), ("don't", ["don't"]),
            ("I'LL we've", ["I'LL", " we've"]), ("HTTPServer", ["HTTPServer"]), ("camelCase", ["camel", "Case"]),
            ("ABC\u{4E2D}DE", ["ABC\u{4E2D}", "DE"]), ("'real", ["'real"]), ("12345", ["123", "45"]),
            ("a  b", ["a", " ", " b"]), ("a   ", ["a", "   "]), ("a \n  b", ["a", " \n", " ", " b"]),
            ("path//x", ["path", "//", "x"]), (" ==//\r\n", [" ==//\r\n"]), ("!\u{301}a", ["!\u{301}a"]),
            ("!!\u{301}a", ["!!\u{301}", "a"]), ("\u{301}ABC", ["\u{301}", "ABC"]), ("\u{301}", ["\u{301}"]),
            ("\u{1C5}ungla", ["\u{1C5}ungla"]), ("\u{2B0}a", ["\u{2B0}a"]), ("$PRICE", ["$PRICE"]), ("'", ["'"]),
            ("a'", ["a", "'"]), ("x'l", ["x", "'l"]), (" 1", [" ", "1"]),
        ] as [(String, [String])])
    func pieces(_ text: String, _ expected: [String]) { #expect(Self.pieces(of: text) == expected) }

    @Test("pieces cover any text without gaps", arguments: 0..<50)
    func coverage(_ seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("ABab'sl 1\n\r\t./é日😀\u{301}\u{FEFF}-\u{A0}½").flatMap(\.unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<200 {
            text.append(alphabet[random.next(alphabet.count)])
        }
        let pieces = Self.pieces(of: String(text))
        #expect(pieces.joined().utf8.elementsEqual(String(text).utf8))
        #expect(pieces.allSatisfy { !$0.isEmpty })
    }

    @Test(
        "a model's encoding is known by its name",
        arguments: [
            ("gpt-4o", TokenEncoding.o200k), ("gpt-4o-mini", .o200k), ("gpt-4.1-nano", .o200k), ("o1", .o200k),
            ("o3-mini", .o200k), ("gpt-5", .o200k), ("ft:gpt-4o-mini:x", .o200k), ("gpt-oss-120b", .o200k),
            ("gpt-4", .cl100k), ("gpt-4-turbo", .cl100k), ("gpt-3.5-turbo", .cl100k), ("ft:gpt-4:x", .cl100k),
            ("openai/gpt-4o", .cl100k), ("claude-sonnet-4-6", .cl100k), ("o10", .cl100k), ("", .cl100k),
        ])
    func encodings(model: String, encoding: TokenEncoding) { #expect(TokenEncoding.of(model: model) == encoding) }

    @Test("without the newer vocabulary the standard counter serves")
    func fallback() {
        struct Fixed: TokenCounter {
            let number: Int
            func count(_ text: String) -> Int { number }
            func tokenEnds(of text: String) -> [Int] { [] }
        }
        let both = TokenCounters(standard: Fixed(number: 1)) { $0 == .o200k ? Fixed(number: 2) : nil }
        #expect(both.counter(forModel: "gpt-4o").count("") == 2)
        #expect(both.counter(forModel: "other").count("") == 1)
        #expect(TokenCounters(standard: Fixed(number: 1)).counter(forModel: "gpt-4o").count("") == 1)
    }

    private static func pieces(of text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = CasedPieceScanner(bytes)
            var pieces: [String] = []
            while let piece = scanner.next() { pieces.append(String(decoding: bytes[piece], as: UTF8.self)) }
            return pieces
        }
    }
}
