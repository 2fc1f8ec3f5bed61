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
            #"\trowd\cellx9\intbl A\par more\cell B\cell\row\trowd\intbl\cell C\cell\row\pard after\par"#,
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
        // Damage.
        (#"{\pict\bin4 }}}{}x\bin-9 y\bin999999999 "#, "xy"), (#"a{\b b"#, "ab"), ("a}}}b", "a"), (#"a\'zz\"#, "azz}"),
    ]

    @Test("characters, tables, notes, and what is left out", arguments: contents)
    func content(_ content: String, _ text: String) async throws {
        #expect(try await Self.text(#"{\rtf1\ansi\ansicpg1252\deff0 "# + content + "}") == text)
    }

    /// What is behind `{\rtf1`, and the text.
    static let encodings: [(String, String)] = [
        (
            #"\ansi\ansicpg932\deff0{\fonttbl{\f0\fcharset128 M;}{\f1\fcharset0 A;}}\'92\'aa\'95\\ \'83A\f1 caf\'e9"#,
            "潮表 アcafé"
        ),
        (#"\ansi\ansicpg932{\fonttbl{\f0\fcharset0 M;}}\f0 \'92\'aa\'8e\'ac"#, "潮汐"),
        (#"\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2"#, "Привет"),
        (#"\ansi{\fonttbl{\f0\fcharset204 A;}}\f0 \'cf\f1 \'e9"#, "Пé"), (#"\mac caf\'8e"#, "café"),
        (#"\pc caf\'82"#, "café"), (#"\ansi\ansicpg936 \'ba\'ba"#, "汉"), (#"\ansi\ansicpg949 \'c7\'d1"#, "한"),
        (#"\ansi\ansicpg950 \'ba\'7e"#, "漢"), (#"\ansi\ansicpg1361 \'d0\'65"#, "한"), (#"\ansicpg65001 \'c3\'a9"#, "é"),
        (#"\ansi\ansicpg99999 \'e9"#, "é"), (#"\ansi{\fonttbl{\f3\fcharset2 Symbol;}}{\f3 a}"#, "α"),
        (
            #"\ansi{\fonttbl{\f0\fcharset177 D;}{\f1\fcharset0 A;}}{\rtlch\af0\ltrch\f1 \'e9}{\ltrch\f1\rtlch\af0 \'f9}"#,
            "éש"
        ),
        ("\\ansi caf\u{E9}", "café"),
    ]

    @Test("code pages of the document and of its fonts", arguments: encodings)
    func encoding(_ content: String, _ text: String) async throws {
        #expect(try await Self.text(#"{\rtf1"# + content + "}") == text)
    }
}
