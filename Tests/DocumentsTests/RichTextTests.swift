import Testing

@testable import Documents

@Suite("What RTF says becomes text")
struct RichTextTests {
    private static func text(_ file: String) async throws -> String? {
        try await ConversionFixture().records("a.rtf", RawBytes.of(file)).first?.pageContent
    }

    /// What is between the head and the end of a file, and the text.
    static let contents: [(String, String)] = [
        (#"caf\'e9\emdash\~x\_y\-z \{\}\\ \ldblquote q\rdblquote"#, "café—\u{A0}x\u{2011}yz {}\\ “q”"),
        // What stands for a character in Unicode is skipped, as long as it is said to be.
        (#"\u28450?\u-10179?\u-8478? \uc2\u8364 ab\uc0\u12345 c{\uc1\u233\'e9}d"#, "漢🛢 €〹céd"),
        (#"\u55357?a\u56994?b"#, "a\u{FFFD}b"),
        (
            #"\trowd\cellx9\intbl A\par more\cell B\cell\row\trowd\intbl\cell C\cell\row\pard after"#,
            "A more\tB\n\tC\nafter"
        ),
        (#"\trowd\intbl\itap2 in\nestcell{\*\nesttableprops\nestrow}\pard\intbl out\cell\row\pard x"#, "in\nout\nx"),
        (
            #"Water{\super\chftn{\footnote\pard {\super\chftn} At the pier.}} high.\par Next."#,
            "Water high.\nAt the pier.\nNext."
        ),
        (#"\trowd\intbl A{\*\footnote seen}\cell B\cell\row\pard C"#, "A\tB\nseen\nC"),
        (#"{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt box\par}}{\shprslt twice}}After\par end"#, "After\nbox\nend"),
        (
            #"{\header H\par}{\*\unknown x}{\pict 00ff}{\annotation no}{\v hid}{\deleted gone}kept{\v\v0 back}"#,
            "keptback"
        ),
        (#"{\field{\*\fldinst HYPERLINK 'u'}{\fldrslt link}}{\upr{ansi}{\*\ud{\u28450?}}}"#, "link漢"),
        (
            #"{\listtext\pard\tab}none\par{\listtext\'b7\tab}dot\par{\listtext \u-3913\'b7\tab}bullet"#,
            "none\n·\tdot\n•\tbullet"
        ),
    ]

    /// Damaged contents, and the text.
    static let damaged: [(String, String)] = [
        (#"{\pict\bin4 }}}{}x\bin-9 y\bin999999999 "#, "xy"), (#"a{\b b"#, "ab"), ("a}}}b", "a"), (#"a\'zz\"#, "azz}"),
    ]

    @Test("characters, tables, notes, and what is left out")
    func content() async throws {
        let paragraphs = Self.contents.map { "{\($0.0)}\\par\\pard " }.joined()
        let expected = Self.contents.map(\.1).joined(separator: "\n")
        #expect(try await Self.text(#"{\rtf1\ansi\ansicpg1252\deff0 "# + paragraphs + "}") == expected)
    }

    @Test("damage", arguments: damaged)
    func damage(_ content: String, _ text: String) async throws {
        #expect(try await Self.text(#"{\rtf1\ansi\ansicpg1252\deff0 "# + content + "}") == text)
    }

    /// What is behind `{\rtf1`, and the text.
    static let encodings: [(String, String)] = [
        // Fonts of several code pages in one document; the byte behind a first byte may be any character.
        (
            #"\ansi\ansicpg932\deff1{\fonttbl{\f0\fcharset128 M;}{\f1\fcharset0 A;}{\f2\fcharset204 A;}"#
                + #"{\f3\fcharset2 S;}{\f4\fcharset177 D;}{\f5\fcharset134 D;}{\f6\fcharset129 D;}"#
                + #"{\f7\fcharset136 D;}{\f8\fcharset130 D;}}\f0\'92\'aa\'95\\ \'83A\f1 caf\'e9 \f2\'cf\plain\'e9 "#
                + #"{\f3 a}\f5\'ba\'ba\f6\'c7\'d1\f7\'ba\'7e\f8\'d0\'65"#
                + #"{\rtlch\af4\ltrch\f1 \'e9}{\ltrch\f1\rtlch\af4 \'f9}"#,
            "潮表 アcafé Пé α汉한漢한éש"
        ),
        (#"\ansi\ansicpg932{\fonttbl{\f0\fcharset0 M;}}\f0 \'92\'aa\'8e\'ac"#, "潮汐"),
        (#"\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2"#, "Привет"), (#"\mac caf\'8e"#, "café"),
        (#"\pc caf\'82"#, "café"),
        (#"\ansicpg65001 \'c3\'a9"#, "é"), (#"\ansi\ansicpg99999 \'e9"#, "é"), ("\\ansi caf\u{E9}", "café"),
    ]

    @Test("code pages of the document and of its fonts", arguments: encodings)
    func encoding(_ content: String, _ text: String) async throws {
        #expect(try await Self.text(#"{\rtf1"# + content + "}") == text)
    }
}
