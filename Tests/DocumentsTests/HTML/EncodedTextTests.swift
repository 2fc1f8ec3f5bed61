import Testing

@testable import Documents

@Suite("Encodings of pages")
struct EncodedTextTests {
    /// Content type, bytes, text.
    static let samples: [(String?, [UInt8], String)] = [
        (nil, Array("Größe".utf8), "Größe"), ("text/html; charset=utf-8", Array("Größe".utf8), "Größe"),
        ("text/html", [0x47, 0x72, 0xF6, 0xDF, 0x65], "Größe"), ("text/html; charset=ISO-8859-1", [0x80, 0xE9], "€é"),
        ("text/html; charset=\"windows-1251\"", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "Привет"),
        ("text/html;charset=KOI8-R", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
        ("text/html; charset=Shift_JIS", [0x93, 0xFA, 0x96, 0x7B], "日本"),
        ("text/html; charset=EUC-JP", [0xC6, 0xFC, 0xCB, 0xDC], "日本"),
        ("text/html; charset=gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "中文"),
        ("text/html; charset=big5", [0xA4, 0xA4, 0xA4, 0xE5], "中文"),
        ("text/html; charset=euc-kr", [0xC7, 0xD1, 0xB1, 0xDB], "한글"),
        ("text/html; charset=utf-16le", [0x61, 0, 0xE9, 0], "aé"), (nil, [0xFE, 0xFF, 0, 0x61], "a"),
        ("text/html; charset=latin1", [0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "é"),
        ("text/html; charset=nonsense", Array("é".utf8), "é"), ("text/html; charset=", [0xE9], "é"),
        ("text/html; charset=utf-8", [0x61, 0xFF, 0x62], "a\u{FFFD}b"),
        ("text/html; charset=Shift_JIS", [0x93, 0xFA, 0x96], "日\u{FFFD}"), (nil, [], ""),
    ]

    @Test("header, byte order mark, or what the bytes can be", arguments: samples)
    func decode(contentType: String?, bytes: [UInt8], text: String) {
        #expect(EncodedText.decode(bytes, contentType: contentType) == text)
    }

    /// What the page says of itself; 0xE9 follows, which is й in windows-1251.
    static let declarations: [(String, String)] = [
        ("<meta charset=windows-1251>", "й"), ("<META CHARSET='windows-1251'/>", "й"),
        (#"<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">"#, "й"),
        (#"<?xml version="1.0" encoding="windows-1251"?>"#, "й"), ("<meta name=a><meta charset=windows-1251>", "й"),
        ("<meta charset=utf-16>", "\u{FFFD}"), ("<p charset=windows-1251>", "é"),
        (String(repeating: " ", count: 1_024) + "<meta charset=windows-1251>", "é"),
    ]

    @Test("a page's own declaration, in its first bytes", arguments: declarations)
    func declared(head: String, letter: String) {
        #expect(EncodedText.decode(Array(head.utf8) + [0xE9], contentType: "text/html") == head + letter)
        #expect(EncodedText.decode(Array(head.utf8) + [0xE9], contentType: "text/html; charset=latin1") == head + "é")
    }
}
