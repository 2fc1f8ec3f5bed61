import Testing

@testable import SentenceEmbedding

struct TokenizerTests {
    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "a", "##b", "cafe", "i", "世", "界", ",",
        "##bb", "x", "##x", "$", "[", "]", "ᄒ", "##ᅡ", "##ᆫ",
    ]

    private func tokenizer(_ file: String = pieces.joined(separator: "\n")) throws -> WordPieceTokenizer {
        try WordPieceTokenizer(vocabulary: Array(file.utf8), path: "vocab.txt")
    }

    @Test(
        "texts become the pieces that the rules give",
        arguments: [
            ("", []), ("   \t\r\n ", []), ("unaffable", ["un", "##aff", "##able"]),
            ("UNAFFABLE", ["un", "##aff", "##able"]), ("unaff unaffq", ["un", "##aff", "[UNK]"]),
            ("abb", ["a", "##bb"]), ("abbb", ["a", "##bb", "##b"]), ("a,b", ["a", ",", "[UNK]"]),
            ("Café", ["cafe"]), ("Cafe\u{301}", ["cafe"]), ("İ", ["i"]), ("世界", ["世", "界"]), ("a世a", ["a", "世", "a"]),
            ("a\u{AD}bb\u{200B}", ["a", "##bb"]), ("a\u{0}\u{7}bb", ["a", "##bb"]), ("a\u{A0}a", ["a", "a"]),
            ("a\u{FFFD}bb", ["a", "##bb"]), ("\u{FEFF}a", ["a"]), ("한", ["ᄒ", "##ᅡ", "##ᆫ"]),
            ("[MASK] [mask]", ["[MASK]", "[", "[UNK]", "]"]), ("a[SEP]a", ["a", "[SEP]", "a"]),
            ("[[CLS]", ["[", "[CLS]"]),
            ("[", ["["]), ("$a", ["$", "a"]), ("\u{301}", []), ("zebra", ["[UNK]"]),
        ] as [(String, [String])])
    func pieces(text: String, expected: [String]) throws {
        let ids = try tokenizer().pieces(of: text, limit: 100)
        #expect(ids.map { Self.pieces[Int($0)] } == expected)
    }

    @Test("a word of 100 characters is cut into pieces, one of 101 is unknown, in ASCII and beyond")
    func longWords() throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.pieces(of: String(repeating: "x", count: 100), limit: 512).count == 100)
        #expect(tokenizer.pieces(of: String(repeating: "x", count: 101), limit: 512) == [1])
        #expect(tokenizer.pieces(of: String(repeating: "é", count: 101), limit: 512) == [1])
    }

    @Test("a word of a million accents takes no more time than another", .timeLimit(.minutes(1)))
    func manyAccents() throws {
        #expect(try tokenizer().pieces(of: String(repeating: "é", count: 1_500_000), limit: 512) == [1])
    }

    @Test("ids are cut at the limit, [CLS] and [SEP] included", arguments: [2, 3, 5, 512])
    func limit(limit: Int) throws {
        let tokenizer = try tokenizer()
        let ids = tokenizer.encode(String(repeating: "unaffable ", count: 300), limit: limit)
        #expect(ids.count == limit)
        #expect(ids.first == 2)
        #expect(ids.last == 3)
    }

    @Test("line ends of both kinds and a missing last one make the same vocabulary")
    func lineEnds() throws {
        let unix = try tokenizer(Self.pieces.joined(separator: "\n") + "\n")
        let windows = try tokenizer(Self.pieces.joined(separator: "\r\n") + "\r\n")
        #expect(unix.vocabulary.count == Self.pieces.count)
        #expect(windows.vocabulary.count == Self.pieces.count)
        #expect(windows.encode("unaffable $", limit: 9) == unix.encode("unaffable $", limit: 9))
    }

    @Test("of a piece that is in the vocabulary twice, the last line counts")
    func twice() throws {
        let tokenizer = try tokenizer((Self.pieces + ["a", "##bb", "un"]).joined(separator: "\n"))
        let count = Int32(Self.pieces.count)
        #expect(tokenizer.pieces(of: "abb un", limit: 9) == [count, count + 1, count + 2])
    }

    @Test("a file without the special tokens is refused by name", arguments: ["", "\n\n", "{}", "[CLS]\n[SEP]"])
    func foreignVocabulary(file: String) throws {
        let error = #expect(throws: EmbeddingError.self) { try tokenizer(file) }
        #expect(error?.code == .badModel)
        #expect(error?.message.contains("vocab.txt") == true)
    }
}
