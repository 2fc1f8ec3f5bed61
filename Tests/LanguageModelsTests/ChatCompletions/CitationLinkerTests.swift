import Testing

@testable import LanguageModels

struct CitationLinkerTests {
    private static func linked(_ pieces: [String]) -> String {
        var linker = CitationLinker()
        linker.citations = ["https://a", "https://b"]
        return pieces.map { linker.link($0) }.joined() + linker.finish()
    }

    @Test(
        "citations become links, everything else stays, wherever the text is cut",
        arguments: [
            ("x [1] y[2].", "x [[1](https://a)] y[[2](https://b)]."), ("[3] [0] [] [a] [1", "[3] [0] [] [a] [1"),
            ("[[1]]", "[[[1](https://a)]]"), ("[12345678901234567890]", "[12345678901234567890]"),
            ("é[1]😀", "é[[1](https://a)]😀"),
            ("[1x]", "[1x]"), ("1]", "1]"),
        ])
    func link(text: String, expected: String) {
        #expect(Self.linked([text]) == expected)
        #expect(Self.linked(text.map(String.init)) == expected)
        for position in text.indices {
            #expect(Self.linked([String(text[..<position]), String(text[position...])]) == expected)
        }
    }

    @Test("what cannot become a citation is not held back")
    func promptness() {
        var linker = CitationLinker()
        #expect(linker.link("plain") == "plain")
        #expect(linker.link("[") == "")
        #expect(linker.link("x") == "[x")
    }
}
