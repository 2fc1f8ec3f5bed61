import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import Documents

@Suite("Files that mean harm end in a clear error")
struct HostileFilesTests {
    private static let word = "word/document.xml"

    @Test("a zip bomb ends at the limit of what a file may unpack to")
    func zipBomb() async throws {
        let bomb = try await ZipArchive.bytes(Self.word, String(repeating: "a", count: 1_000), count: 64_000)
        #expect(bomb.count < 100_000)
        let fixture = ConversionFixture { $0.limits.output = 8 << 20 }
        let refusal = await fixture.refusal("bomb.docx", bomb)
        #expect(refusal?.description == "bomb.docx unpacks to more than 8 MB (CARREL_CONVERSION_OUTPUT_MB).")
    }

    @Test("many members are counted together")
    func manyMembers() async throws {
        let members = (0..<40).map { (name: "xl/worksheets/s\($0).xml", text: "abcdefghij", count: 50_000) }
        let fixture = ConversionFixture { $0.limits.output = 8 << 20 }
        #expect(await fixture.refusal("a.xlsx", try await ZipArchive.bytes(members)) == .tooMuchOutput("a.xlsx", 8))
    }

    @Test("entities that multiply are refused before the parser sees them", arguments: ["UTF-8", "UTF-16"])
    func billionLaughs(encoding: String) async throws {
        let laughs = """
            <?xml version="1.0" encoding="\(encoding)"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
            <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
            \(WordXML.document("&d;"))
            """
        let folder = try TemporaryDirectory()
        let source = try folder.write(laughs, to: "a.xml")
        let script = """
            import sys, zipfile
            text = open(sys.argv[1]).read().encode(sys.argv[3])
            zipfile.ZipFile(sys.argv[2], "w").writestr("word/document.xml", text)
            """
        let made = try await ProcessServer.run(
            "/usr/bin/python3", ["-c", script, source, folder.file("a.zip"), encoding])
        #expect(made.status == 0)
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.file("a.zip"))))
        #expect(await ConversionFixture().refusal("a.docx", bytes) == .processing)
    }

    @Test(
        "an encoding in which declarations of entities cannot be seen is refused",
        arguments: ["UTF-7", "UTF-32", "UTF-32BE", "UTF-32LE", "IBM037", "ISO-2022-KR"])
    func hiddenEntity(encoding: String) async throws {
        let text = """
            <?xml version="1.0" encoding="\(encoding)"?>\
            <!DOCTYPE d [<!ENTITY a SYSTEM "/usr/share/common-licenses/BSD">]>\
            \(WordXML.document("&a;"))
            """
        let folder = try TemporaryDirectory()
        // Once wholly in the encoding, and once as parsers also take it: the first line in ASCII.
        let script = """
            import sys, zipfile
            text, name = open(sys.argv[1]).read(), sys.argv[2]
            head = text.index("?>") + 2
            def coded(part):
                plain = part.encode({"IBM037": "cp037", "ISO-2022-KR": "ascii"}.get(name, name))
                plain = plain.replace(b"<!ENTITY", b"+ADwAIQ-ENTITY") if name == "UTF-7" else plain
                return plain.replace(b"<!ENTITY", b"<!EN\\x0F" + b"TITY") if name == "ISO-2022-KR" else plain
            for file, content in [("a", coded(text)), ("b", text[:head].encode() + coded(text[head:]))]:
                zipfile.ZipFile(sys.argv[3] + file, "w").writestr("word/document.xml", content)
            """
        let source = try folder.write(text, to: "source")
        let made = try await ProcessServer.run("/usr/bin/python3", ["-c", script, source, encoding, folder.file("")])
        #expect(made.status == 0, "\(made.errors)")
        for name in ["a", "b"] {
            let bytes = Array(try Data(contentsOf: URL(filePath: folder.file(name))))
            #expect(await ConversionFixture().refusal("a.docx", bytes) == .processing, "\(name)")
        }
    }

    @Test("names inside an archive lead nowhere", arguments: ["../word/document.xml", "/tmp/carrel-escaped.xml"])
    func escapingNames(name: String) async throws {
        let inside = WordXML.document("inside")
        let bytes = try await ZipArchive.bytes([
            (name: name, text: "<d>outside</d>", count: 1), (name: Self.word, text: inside, count: 1),
        ])
        #expect(try await ConversionFixture().records("a.docx", bytes).map(\.pageContent) == ["inside\n\n"])
        #expect(!FileManager.default.fileExists(atPath: "/tmp/carrel-escaped.xml"))
    }

    @Test("a PDF of 100,000 pages is refused by their number")
    func manyPages() async throws {
        let count = 100_000
        let kids = (3..<(count + 3)).map { "\($0) 0 R" }.joined(separator: " ")
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
        let tree = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count \(count)/Kids[\(kids)]>>"]
        var file = "%PDF-1.4\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in (tree + Array(repeating: page, count: count)).enumerated() {
            let offset = String(file.utf8.count)
            table += String(repeating: "0", count: 10 - offset.utf8.count) + offset + " 00000 n \n"
            file += "\(index + 1) 0 obj\(object)endobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(count + 3)\n\(table)trailer<</Size \(count + 3)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        let refusal = await ConversionFixture().refusal("long.pdf", Array(file.utf8))
        #expect(refusal?.description == "long.pdf has 100000 pages, more than 10000 (CARREL_CONVERSION_PAGES).")
    }

    @Test("a PDF that lies about its pages is refused")
    func falsePages() async throws {
        let file = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Count 100000/Kids[2 0 R]>>endobj
            trailer<</Size 3/Root 1 0 R>>
            """
        #expect(await ConversionFixture().refusal("liar.pdf", Array(file.utf8)) == .processing)
    }

    @Test("a cell far away does not make a table of commas")
    func farCell() async throws {
        let rows = (1...2_000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        let sheet = "<worksheet><dimension ref=\"A1:XFD2000\"/><sheetData>\(rows)</sheetData></worksheet>"
        let bytes = try await ZipArchive.bytes([
            (
                name: "xl/workbook.xml", text: "<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>",
                count: 1
            ),
            (
                name: "xl/_rels/workbook.xml.rels",
                text: "<r><Relationship Id=\"r1\" Type=\"t\" Target=\"worksheets/s.xml\"/></r>", count: 1
            ), (name: "xl/worksheets/s.xml", text: sheet, count: 1),
        ])
        let fixture = ConversionFixture { $0.limits.output = 8 << 20 }
        #expect(await fixture.refusal("a.xlsx", bytes) == .tooMuchOutput("a.xlsx", 8))
    }

    @Test("XML that needs more memory than there is ends with the limit's name")
    func memory() async throws {
        let many = WordXML.body(String(repeating: "<w:p/>", count: 1_000_000))
        let folder = try TemporaryDirectory()
        let script = """
            import sys, zipfile
            zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED).write(sys.argv[1], "word/document.xml")
            """
        let made = try await ProcessServer.run(
            "/usr/bin/python3", ["-c", script, try folder.write(many, to: "a.xml"), folder.file("a.zip")])
        #expect(made.status == 0)
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.file("a.zip"))))
        let refusal = await ConversionFixture { $0.limits.memory = 96 << 20 }.refusal("many.docx", bytes)
        #expect(
            refusal?.description
                == "Converting many.docx takes more than 96 MB of memory (CARREL_CONVERSION_MEMORY_MB).")
    }

    @Test(
        "a conversion without time ends with the limit's name", arguments: ["tides.pdf", "tides.docx", "letters.mbox"])
    func time(name: String) async throws {
        let bytes = try ConversionFixture.corpus(name)
        let refusal = await ConversionFixture { $0.limits.seconds = 0 }.refusal(name, bytes)
        #expect(refusal?.description == "Converting \(name) takes longer than 0 seconds (CARREL_CONVERSION_SECONDS).")
    }

    @Test("a scan whose time is over keeps the pages that are done, and a picture has no text")
    func recognitionTime() async throws {
        let fixture = ConversionFixture { $0.limits.recognitionSeconds = 0 }
        for name in ["scan.png", "scan.pdf"] {
            let refusal = await fixture.refusal(name, try ConversionFixture.corpus(name))
            #expect(refusal == .noText(fileName: name))
        }
    }

    @Test("a conversion that nobody waits for is given up")
    func cancelled() async throws {
        let bytes = try ConversionFixture.corpus("scan.pdf")
        let task = Task { await ConversionFixture().refusal("scan.pdf", bytes) }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    @Test("XML as deep as it is long is refused")
    func deepXML() async throws {
        let deep = String(repeating: "<a>", count: 20_000)
        #expect(await ConversionFixture().refusal("a.docx", try await ZipArchive.bytes(Self.word, deep)) == .processing)
    }

    @Test("cells that are repeated are counted before they are made")
    func repeatedCells() async throws {
        let prefix = "urn:oasis:names:tc:opendocument:xmlns:"
        let content = """
            <o:document xmlns:o="\(prefix)office:1.0" xmlns:t="\(prefix)table:1.0" xmlns:x="\(prefix)text:1.0"><o:body>
            <o:spreadsheet><t:table t:name="S"><t:table-row t:number-rows-repeated="1000000"><t:table-cell
            t:number-columns-repeated="16000"><x:p>a</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet>
            </o:body></o:document>
            """
        let bytes = try await ZipArchive.bytes("content.xml", content.replacing("\n", with: " "))
        #expect(await ConversionFixture().refusal("a.ods", bytes) == .tooMuchOutput("a.ods", 128))
    }

    @Test("numbers of rows beyond all sheets end nothing", arguments: [Int.max, Int.min, 1_048_577])
    func farRows(number: Int) async throws {
        let rows = "<row r=\"\(number)\"/><row><c r=\"A\(number)\"><v>1</v></c></row><row><c><v>2</v></c></row>"
        let sheet = "<worksheet><sheetData>\(rows)<row r=\"3\"><c><v>7</v></c></row></sheetData></worksheet>"
        let book = "<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>"
        let relations = "<r><Relationship Id=\"r1\" Type=\"t\" Target=\"worksheets/s.xml\"/></r>"
        let bytes = try await ZipArchive.bytes([
            (name: "xl/workbook.xml", text: book, count: 1),
            (name: "xl/_rels/workbook.xml.rels", text: relations, count: 1),
            (name: "xl/worksheets/s.xml", text: sheet, count: 1),
        ])
        #expect(try await ConversionFixture().records("a.xlsx", bytes).first?.pageContent.hasSuffix("7") == true)
    }

    @Test("repetitions beyond all sheets end nothing", arguments: ["rows", "columns"])
    func farRepetitions(kind: String) async throws {
        let prefix = "urn:oasis:names:tc:opendocument:xmlns:"
        func times(_ name: String) -> String { name == kind ? " t:number-\(name)-repeated=\"\(Int.max)\"" : "" }
        let content = """
            <o:document xmlns:o="\(prefix)office:1.0" xmlns:t="\(prefix)table:1.0" xmlns:x="\(prefix)text:1.0"><o:body>\
            <o:spreadsheet><t:table t:name="S"><t:table-row><t:table-cell><x:p>a</x:p></t:table-cell>\
            <t:table-cell\(times("columns"))/></t:table-row><t:table-row\(times("rows"))/></t:table></o:spreadsheet>\
            </o:body></o:document>
            """
        let bytes = try await ZipArchive.bytes("content.xml", content)
        #expect(try await ConversionFixture().records("a.ods", bytes).map(\.pageContent) == ["a"])
    }

    @Test("groups of RTF without end take memory up to the limit")
    func deepRichText() async throws {
        let file = "{\\rtf1 " + String(repeating: "{", count: 1_000_000)
        let fixture = ConversionFixture { $0.limits.memory = 96 << 20 }
        #expect(await fixture.refusal("a.rtf", Array(file.utf8)) == .tooMuchMemory("a.rtf", 96))
    }

    @Test("a picture that unpacks to a quarter of a gigabyte ends with the limit's name")
    func pictureBomb() async throws {
        let script = """
            import struct, sys, zlib
            def chunk(kind, data):
                return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            pack, row = zlib.compressobj(1), bytes(24_001)
            data = b"".join(pack.compress(row) for _ in range(8_000)) + pack.flush()
            head = struct.pack(">IIBBBBB", 8_000, 8_000, 8, 2, 0, 0, 0)
            open(sys.argv[1], "wb").write(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
            """
        let folder = try TemporaryDirectory()
        let made = try await ProcessServer.run("/usr/bin/python3", ["-c", script, folder.file("a.png")])
        #expect(made.status == 0, "\(made.errors)")
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.file("a.png"))))
        #expect(bytes.count < 4 << 20)
        let fixture = ConversionFixture { $0.limits.memory = 256 << 20 }
        #expect(await fixture.refusal("a.png", bytes) == .tooMuchMemory("a.png", 256))
    }
}
