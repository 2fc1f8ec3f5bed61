import Testing
import TestSupport

@testable import TokenCounting

@Suite("Splitting into pieces")
struct PieceScannerTests {
    @Test(
        "texts split as the published expression splits them",
        arguments: [
            ("", []), ("Hello, world!", ["Hello", ",", " world", "!"]), ("don't", ["don", "'t"]),
            ("I'LL we've", ["I", "'LL", " we", "'ve"]), ("'real", ["'re", "al"]), ("'x", ["'x"]),
            ("12345", ["123", "45"]), ("a  b", ["a", " ", " b"]), ("a   ", ["a", "   "]),
            ("a \n  b", ["a", " \n", " ", " b"]), ("x\n\n\ny", ["x", "\n\n\n", "y"]), ("a \n  ", ["a", " \n", "  "]),
            ("foo();\n\n", ["foo", "();\n\n"]), (" ==\r\n", [" ==\r\n"]), ("\tif", ["\tif"]),
            ("\t\t(", ["\t", "\t", "("]),
            ("$price", ["$price"]), ("((a", ["((", "a"]), ("été 日本", ["été", " 日本"]), ("½x", ["½", "x"]),
            ("a\u{A0}b", ["a", "\u{A0}b"]), ("\u{FEFF}#", ["\u{FEFF}", "#"]), ("'", ["'"]), ("'l", ["'l"]),
        ] as [(String, [String])])
    func pieces(_ text: String, _ expected: [String]) {
        #expect(Self.pieces(of: text) == expected)
    }

    @Test("pieces cover any text without gaps", arguments: 0..<50)
    func coverage(_ seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("aB'sl 1\n\r\t.é日😀\u{301}\u{FEFF}-\u{A0}½")
        let text = String((0..<200).map { _ in alphabet[random.next(alphabet.count)] })
        #expect(Self.pieces(of: text).joined() == text, "seed \(seed)")
    }

    private static func pieces(of text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = PieceScanner(bytes)
            var pieces: [String] = []
            while let piece = scanner.next() { pieces.append(String(decoding: bytes[piece], as: UTF8.self)) }
            return pieces
        }
    }
}
