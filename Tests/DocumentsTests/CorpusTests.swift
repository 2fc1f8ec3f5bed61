import OrderedJSON
import Testing

@testable import Documents

/// The corpus is made by `Resources/make-corpus.py` with pandoc, openpyxl, odfpy, ReportLab and Pillow
/// (what LibreOffice makes: ``LibreOfficeTests``).
@Suite("Documents as people have them become text")
struct CorpusTests {
    /// File, text, author, description and source (contract/documents.md 9.2).
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var text: String
        var author = "no author found"
        var description = "No description found."
        var source = "Office file uploaded by the user."
        var testDescription: String { file }
    }

    static let office = [
        Case(
            file: "tides.docx",
            text: """
                Tides

                Tide Tables

                High water at noon. Low water at six.

                Port

                Depth

                Brest

                7.5

                Jaffa

                0.4

                first berth

                second berth

                עברית

                שלום עולם. مرحبا بالعالم.

                漢字

                潮汐表は毎日変わります。

                See the chart.


                """, source: "docx file uploaded by the user."),
        Case(
            file: "tides.odt",
            text: """
                Tides
                Tide Tables
                High water at noon.1 Low water at six.
                Measured at the pier.
                Port
                Depth
                Brest
                7.5
                Jaffa
                0.4
                first berth
                second berth
                עברית
                שלום עולם. مرحبا بالعالم.
                漢字
                潮汐表は毎日変わります。
                See the chart.
                """),
        Case(
            file: "slides.pptx",
            text: "First slide\nEbb and flow.\nSpeak slowly here.\nSecond slide\none 潮\ntwo שלום"),
        Case(file: "slides.odp", text: "Ebb and flow\nמים\n潮汐"),
        Case(
            file: "tides.rtf",
            text: """
                Tides

                Tide Tables
                High water at noon. Low water at six.
                Measured at the pier.
                Port\tDepth
                Brest\t7.5
                Jaffa\t0.4

                •\tfirst berth
                •\tsecond berth
                עברית
                שלום עולם. مرحبا بالعالم.
                漢字
                潮汐表は毎日変わります。
                See the chart.
                """, source: "rtf file uploaded by the user."),
        Case(
            file: "tides.epub",
            text: """
                TIDES

                TIDE TABLES

                High water at noon.1 Low water at six.

                Port Depth

                Brest 7.5

                Jaffa 0.4

                 * first berth
                 * second berth


                עברית

                שלום עולם. مرحبا بالعالم.


                漢字

                潮汐表は毎日変わります。

                See the chart [https://example.org/chart].

                Measured at the pier.
                """, author: "Unknown", description: "Unknown", source: "epub file uploaded by the user."),
    ]

    static let pages = [
        Case(
            file: "tides.pdf", text: "High water at noon.\nLow water at six.\n\u{0C}\n\u{0C}潮汐表\nThird page.",
            author: "Harbour Office", description: "Tide Tables", source: "pdf file uploaded by the user."),
        Case(
            file: "letter.eml", text: "High water at noon.\nFrom now on daily. שלום\n",
            author: "\"Ada Lövelace\" <ada@example.org>", description: "Tide v1.2 – 潮汐",
            source: "eml file uploaded by the user."),
    ]

    @Test("each format has its text and its defaults", arguments: office + pages)
    func text(_ example: Case) async throws {
        let records = try await ConversionFixture().records(example.file)
        let record = try #require(records.first)
        #expect(records.count == 1)
        #expect(record.pageContent == example.text)
        #expect(record.metadata["title"] == .string(example.file))
        #expect(record.metadata["docAuthor"] == .string(example.author))
        #expect(record.metadata["description"] == .string(example.description))
        #expect(record.metadata["docSource"] == .string(example.source))
        #expect(record.location.path == "custom-documents/\(example.file)-abcd-ID.json")
        #expect(record.metadata["url"] == .string("file:///hotdir/" + example.file))
    }

    @Test(
        "scans are read by optical character recognition",
        arguments: ["scan.png", "scan.jpg", "photo.jpg", "scan.webp", "scan.tiff", "scan.pdf"])
    func scans(_ file: String) async throws {
        let record = try #require(try await ConversionFixture().records(file).first)
        let pages = record.pageContent.split(separator: "\u{0C}").map { $0.lowercased() }
        #expect(pages.first?.hasPrefix("high water at noon\nlow water at six") == true)
        let hasTwoPages = file.hasSuffix("tiff") || file.hasSuffix("pdf")
        #expect(pages.dropFirst() == (hasTwoPages ? ["second scanned page"] : []))
        let source = file.hasSuffix("pdf") ? "pdf file uploaded by the user." : "image file uploaded by the user."
        #expect(record.metadata["docSource"] == .string(source))
    }

    @Test("a spreadsheet is a document for each sheet with text, in a folder of its own")
    func workbook() async throws {
        let records = try await ConversionFixture().records("ports.xlsx")
        #expect(
            records.map(\.location.path) == [
                "ports.xlsx-abcd/sheet-Tides-2024.json", "ports.xlsx-abcd/sheet-tides-2024-2.json",
            ])
        let text = "Port,Depth,Open\n\"Brest, France\",7.5,true\n\nיפו,42,false\nsay \"hi\",0.001\n漢字,,line\nbreak"
        #expect(records.map(\.pageContent) == [text, "corner\n,,2"])
        let first = try #require(records.first?.metadata)
        #expect(first["title"] == "ports.xlsx - Sheet:Tides 2024")
        #expect(first["docAuthor"] == "Unknown")
        #expect(first["description"] == "Spreadsheet data from sheet: Tides 2024")
        #expect(first["docSource"] == "an xlsx file uploaded by the user.")
        #expect(first["url"] == "file:///documents/ports.xlsx-abcd/Tides-2024.csv")
        #expect(first["wordCount"] == 8)
    }

    @Test("an OpenDocument spreadsheet likewise, without its million empty rows")
    func openSpreadsheet() async throws {
        let records = try await ConversionFixture().records("depths.ods")
        #expect(records.map(\.pageContent) == ["Port,Depth\n\"Brest, France\",7.5\n\n漢字,3"])
        #expect(records.first?.location.path == "depths.ods-abcd/sheet-Depths.json")
    }

    @Test("a mailbox is a document for each message with a text")
    func mailbox() async throws {
        let records = try await ConversionFixture().records("letters.mbox")
        #expect(records.map(\.metadata["title"]) == ["Tide-v12.mbox", "msg_2-letters.mbox", "No-sender.mbox"])
        #expect(
            records.map(\.metadata["docAuthor"]) == [
                "\"Ada Lövelace\" <ada@example.org>", "Bob <bob@example.org>", "",
            ])
        #expect(
            records.map(\.pageContent) == [
                "High water at noon.\nFrom now on daily. שלום\n",
                "NEWS\n\nLow water at six [https://example.org/].", "Anonymous.\n\n",
            ])
        #expect(records.map(\.fileName) == [2, 3, 4].map { "letters.mbox-abcd-ID-msg-\($0).json" })
    }

    @Test("a title that is given goes to every document of a file")
    func givenTitle() async throws {
        let records = try await ConversionFixture().records(
            "ports.xlsx", ConversionFixture.corpus("ports.xlsx"), metadata: ["title": "Ports"])
        #expect(records.map(\.metadata["title"]) == ["Ports", "Ports"])
    }
}
