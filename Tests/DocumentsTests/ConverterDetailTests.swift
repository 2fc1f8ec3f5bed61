import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import Documents

@Suite("What converters keep and what they leave out")
struct ConverterDetailTests {
    private func wordText(_ content: String) async throws -> String? {
        let bytes = try await ZipArchive.bytes("word/document.xml", WordXML.body(content))
        return try await ConversionFixture().records("a.docx", bytes).first?.pageContent
    }

    /// Content of the body, and the text.
    static let word: [(String, String)] = [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc\n\n"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>x</w:t></w:r></w:p>", "x\n\n"),
        (
            "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
            "new\n\n"
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r>"
                + "</w:rubyBase></w:ruby></w:r></w:p>", "漢字\n\n"
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:p>", "1\n\n"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:sdtContent></w:sdt>", "kept\n\n"),
        (
            "<w:p><w:r><w:t>out</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
                + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>", "out\n\nbox\n\n"
        ),
    ]

    @Test("Word", arguments: word)
    func checkWord(content: String, text: String) async throws {
        #expect(try await wordText(content) == text)
    }

    @Test("OpenDocument")
    func checkOpenDocument() async throws {
        let prefix = "urn:oasis:names:tc:opendocument:xmlns:"
        let content = """
            <o:document xmlns:o="\(prefix)office:1.0" xmlns:t="\(prefix)text:1.0" xmlns:d="\(prefix)drawing:1.0"
            xmlns:s="\(prefix)svg-compatible:1.0"><o:body><o:text><t:tracked-changes><t:p>gone</t:p></t:tracked-changes>
            <t:p>a<t:s t:c="3"/>b<t:tab/>c<t:line-break/>d<o:annotation><t:p>remark</t:p></o:annotation></t:p>
            <t:p><t:ruby><t:ruby-base>漢字</t:ruby-base><t:ruby-text>かんじ</t:ruby-text></t:ruby>
            <d:frame><d:image/><s:title>title</s:title><s:desc>picture</s:desc></d:frame></t:p>
            <t:p>out<d:frame><d:text-box><t:p>box</t:p></d:text-box></d:frame>side</t:p></o:text></o:body></o:document>
            """
        let bytes = try await ZipArchive.bytes("content.xml", content.replacing("\n", with: " "))
        let text = try await ConversionFixture().records("a.odt", bytes).first?.pageContent
        #expect(text == "a   b\tc\nd\n漢字 \noutside\nbox")
    }

    @Test("chapters of a book in several encodings, at addresses with escapes and outside the package's folder")
    func checkBook() async throws {
        let script = """
            import sys, zipfile
            package = '<package><manifest><item id="a" href="Text/one%20x.xhtml"/><item id="b" href="../two.html"/></manifest>'
            package += '<spine><itemref idref="b"/><itemref idref="a"/><itemref idref="none"/></spine></package>'
            with zipfile.ZipFile(sys.argv[1], "w") as book:
                book.writestr("META-INF/container.xml", '<c><r><rootfile full-path="O/p.opf"/></r></c>')
                book.writestr("O/p.opf", package)
                book.writestr("O/Text/one x.xhtml", "<p>潮汐</p>".encode("utf-16"))
                book.writestr("two.html", '<?xml version="1.0" encoding="iso-8859-1"?><p>été</p>'.encode("latin-1"))
            """
        let folder = try TemporaryDirectory()
        let made = try await ProcessServer.run("/usr/bin/python3", ["-c", script, folder.file("a.epub")])
        #expect(made.status == 0, "\(made.errors)")
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.file("a.epub"))))
        #expect(try await ConversionFixture().records("a.epub", bytes).map(\.pageContent) == ["été\n\n潮汐"])
    }

    /// HTML and its text (contract/documents.md 9.2, EPUB).
    static let html: [(String, String)] = [
        ("<h1>Über uns</h1><p>a\n b</p>", "ÜBER UNS\n\na b"), ("<p>a</p><h2>b</h2>", "a\n\n\nB"),
        ("<p>x<br>y</p>", "x\ny"), ("<script>no</script><p>yes</p><style>no</style>", "yes"),
        ("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>", " 1. a\n 2. b\n\nc"),
        (
            "<a href='#x'>here</a> <a href='https://e.org'>there</a> <a>nowhere</a>",
            "here there [https://e.org] nowhere"
        ),
        ("<pre>a\n  b</pre>", "a\n  b"), ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby>", "漢字"),
        ("<!DOCTYPE html [<!ENTITY x \"y\">]><html><head><title>T</title></head><p>a[0]>b</p></html>", "a[0]>b"),
        ("<!DOCTYPE html><p>a [b]> c</p>", "a [b]> c"), ("<p>&nbsp;&amp;&#x6F22;</p>", "\u{A0}&漢"), ("", ""),
        (
            "<p>" + Array(repeating: "word", count: 20).joined(separator: " ") + "</p>",
            Array(repeating: "word", count: 16).joined(separator: " ") + "\nword word word word"
        ),
    ]

    @Test("HTML", arguments: html)
    func checkHTML(html: String, text: String) async throws {
        let conversion = Conversion(UploadedFile(name: "a", bytes: []), tools: ConversionFixture().environment.tools)
        #expect(try await HTMLText.texts(of: [Array(html.utf8)], in: conversion, else: .processing) == [text])
    }

    /// Bytes, their text, and whether detection is on.
    static let encodings: [([UInt8], String, Bool)] = [
        (latin, "Garçon, où est la crème brûlée ? Déjà servi à la fenêtre.", true),
        (latin, String(decoding: latin, as: UTF8.self), false),
        ([0xFF, 0xFE, 0x61, 0x00, 0x2E, 0x6F], "a漮", true), (RawBytes.of("p\0o\0r\0t\0\u{E9}\0"), "porté", true),
        (RawBytes.of("\0p\0o\0r\0t\0\u{E9}"), "porté", true),
        (RawBytes.of("p\0o\0\0rt\0"), "p\u{FFFD}o\u{FFFD}\u{FFFD}rt\u{FFFD}", true),
        (RawBytes.of("\u{FF}\u{FE}\0\0a\0\0\0"), "a", true), (RawBytes.of("\u{1B}$B9bD,$H@vD,\u{1B}(B"), "高潮と洗潮", true),
        (Array("Mostly UTF-8: äöü".utf8) + [0xE9], "Mostly UTF-8: äöü\u{FFFD}", true),
        ([0x61, 0xE9, 0xE9, 0xE9], "a\u{FFFD}\u{FFFD}\u{FFFD}", true),
        (
            [
                0x92, 0xAA, 0x8E, 0xAC, 0x95, 0x5C, 0x82, 0xCD, 0x96, 0x88, 0x93, 0xFA, 0x95, 0xCF, 0x82, 0xED, 0x82,
                0xE8,
                0x82, 0xDC, 0x82, 0xB7, 0x81, 0x42,
            ], "潮汐表は毎日変わります。", true
        ),
    ]
    private static let latin = "Garçon, où est la crème brûlée ? Déjà servi à la fenêtre.".unicodeScalars.map {
        UInt8(truncatingIfNeeded: $0.value)
    }

    @Test("text in other encodings than UTF-8", arguments: encodings)
    func checkEncodings(bytes: [UInt8], text: String, detects: Bool) async throws {
        let fixture = ConversionFixture { $0.detectsEncodings = detects }
        #expect(try await fixture.records("a.txt", bytes).first?.pageContent == text)
    }

    @Test("numbers, references and quotes of cells")
    func cells() {
        #expect(["42.0", "1E-3", "0.1", "1e21", "x"].map(SheetGrid.number) == ["42", "0.001", "0.1", "1e+21", "x"])
        #expect(SheetGrid.position("AB12")?.row == 12)
        #expect(SheetGrid.position("AB12")?.column == 28)
        #expect(SheetGrid.position("12") == nil)
        #expect(SheetGrid.position("ABCD1") == nil)
        #expect(SheetGrid.quoted("a,\"b\"\nc") == "\"a,\"b\"\nc\"")
        #expect(DocumentRecord.sheetWordCount(" a,b\n\nc ") == 4)
    }

    @Test(
        "characters that XML cannot have",
        arguments: [
            ("a_x000D_\nb", "a\r\nb"), ("_x005F_x000D_", "_x000D_"), ("_x00e9__x6F22_", "é漢"), ("_xD800_", "_xD800_"),
            ("_x12_ _xzzzz_ _x000", "_x12_ _xzzzz_ _x000"), ("no_x", "no_x"),
        ])
    func escapes(text: String, decoded: String) {
        #expect(EscapedCharacters.decode(text) == decoded)
    }

    @Test("what leaves an archive as a stream is read by its lengths")
    func archive() {
        let name = "a.xml\0"
        func head(_ size: Int, _ nameSize: Int) -> String {
            let fields = Array(repeating: "00000000", count: 6) + [hex(size)] + Array(repeating: "00000000", count: 4)
            return "070701" + (fields + [hex(nameSize), "00000000"]).joined()
        }
        func hex(_ number: Int) -> String {
            String(repeating: "0", count: 8 - String(number, radix: 16).count) + String(number, radix: 16)
        }
        #expect(head(3, name.utf8.count).utf8.count == 110)
        // 110 and 6 are 116, a multiple of four; three bytes of content are padded with one.
        let stream = head(3, 6) + name + "abc\0"
        #expect(Archive(stream: Array(stream.utf8))?["a.xml"] == Array("abc".utf8))
        #expect(Archive(stream: Array(stream.utf8.dropLast(2))) == nil)
        #expect(Archive(stream: Array((head(1 << 30, 6) + name).utf8)) == nil)
        #expect(Archive(stream: Array((head(3, 0) + name).utf8)) == nil)
        #expect(Archive(stream: []) == nil)
    }

    @Test(
        "languages of character recognition",
        arguments: [("", ["eng"]), ("deu, fra", ["deu", "fra"]), ("a/b;,", ["eng"])])
    func languages(list: String, codes: [String]) {
        #expect(ConversionTools.languages(list) == codes)
    }

    @Test("a language that is not installed is ignored and told")
    func missingLanguage() async throws {
        let fixture = ConversionFixture { $0.languages = ["xxx"] }
        let text = try await fixture.records("scan.png").first?.pageContent
        #expect(text?.lowercased().hasPrefix("high water") == true)
    }

    @Test("every accepted file type has a converter, and every converter its own extensions")
    func table() {
        let extensions = ConverterTable.rows.flatMap(\.extensions)
        #expect(Set(extensions).count == extensions.count)
        #expect(AcceptedFileTypes.extensions.isSubset(of: extensions))
    }
}
