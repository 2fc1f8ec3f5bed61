import Foundation
import OrderedJSON
import Testing

@testable import Documents

/// The files are made by `Resources/libreoffice.py`. They have headings, notes, a comment, tracked changes, a table with
/// merged cells, lists, a text box, headers and footers, hidden sheets and slides, right-to-left and CJK text, emoji.
@Suite("Documents as LibreOffice writes them become text")
struct LibreOfficeTests {
    typealias Case = CorpusTests.Case

    /// Text in the order of the document, after the list.
    private static let hebrew = """
        עברית
        שלום עולם, 25 ספינות. המחיר 12.5% (כולל מס).
        המערכת Carrel 2.0 עובדת מצוין עם Swift.
        مرحبا بالعالم، في الميناء 25 سفينة.
        """

    static let texts = [
        Case(
            file: "report.odt",
            text: """
                Harbour Report – Übersicht
                High water1 at noon, café 🚢 déjà vu.
                Measured at the pier.
                The accepted plan.
                Depths
                Port
                Depth & tide
                Brest
                7.5 m
                high
                2.1 m
                low
                first berth
                inner berth
                second berth
                moor
                unload
                漢字
                潮汐表は毎日変わります。한국어 简体中文
                Before\ttab
                line    spaces.i
                Seen from the tower.
                After the box.
                Text in a box.
                See the chart.
                \(hebrew)
                """),
        Case(
            file: "report.rtf",
            text: """
                Harbour Report – Übersicht
                High water at noon, café 🚢 déjà vu.
                Measured at the pier.
                The accepted plan.
                Depths
                Port\tDepth & tide
                Brest\t7.5 m\thigh
                \t2.1 m\tlow
                •\tfirst berth
                ◦\tinner berth
                •\tsecond berth
                1.\tmoor
                2.\tunload
                漢字
                潮汐表は毎日変わります。한국어 简体中文
                Before\ttab
                line    spaces.
                Seen from the tower.
                After the box.
                Text in a box.
                See the chart.
                \(hebrew)
                """, source: "rtf file uploaded by the user."),
        // Pages show what tracked changes delete, and pictures of pages begin with what lies at the bottom.
        Case(
            file: "report.pdf",
            text: """
                Text in a box.
                Running head
                Harbour Report – Übersicht
                High water1
                at noon, café 🚢 déjà vu.
                The withdrawn accepted plan.
                Depths
                Port Depth & tide
                Brest 7.5 m high
                2.1 m low
                •first berth
                ◦inner berth
                •second berth
                1.moor
                2.unload
                漢字
                潮汐表は毎日変わります。한국어 简体中文
                Before tab
                line spaces.i
                After the box.
                See the chart.
                1 Measured at the pier.
                Page 1
                \u{0C}Running head
                \(hebrew)

                Page 2
                \u{0C}i Seen from the tower.
                """, author: "Writer", description: "Harbour Report", source: "pdf file uploaded by the user."),
        Case(file: "show.pptx", text: slides), Case(file: "show.odp", text: slides),
    ]

    /// Of both formats of slides.
    private static let slides = """
        Ebb and flow – Übersicht
        high water 🚢
        low
        water
        Speak slowly.
        Point at the chart.
        שלום עולם
        Port
        Depth
        Brest
        7.5 m
        مرحبا
        潮汐表
        In a shape
        In a group
        備考: ゆっくり
        Hidden slide
        """

    /// Formats that have an empty line between paragraphs (contract/documents.md 9.2).
    static let spaced = [
        Case(
            file: "report.docx",
            text: """
                Harbour Report – Übersicht

                High water at noon, café 🚢 déjà vu.

                The accepted plan.

                Depths

                Port

                Depth & tide

                Brest

                7.5 m

                high



                2.1 m

                low

                first berth

                inner berth

                second berth

                moor

                unload

                漢字

                潮汐表は毎日変わります。한국어 简体中文

                Before\ttab
                line    spaces.

                After the box.

                Text in a box.

                See the chart.


                \(hebrew.replacing("\n", with: "\n\n"))


                """, source: "docx file uploaded by the user."),
        // Its headings are paragraphs there, deleted text is shown, and notes stand at the end.
        Case(
            file: "report.epub",
            text: """
                Harbour Report – Übersicht

                High water1 at noon, café 🚢 déjà vu.

                The withdrawn accepted plan.

                Depths

                Port

                Depth & tide

                Brest

                7.5 m

                high

                2.1 m

                low

                first berth

                inner berth

                second berth

                moor

                unload

                漢字

                潮汐表は毎日変わります。한국어 简体中文

                Before\(String(repeating: "\u{A0}", count: 15)) tab
                line \u{A0}spaces.i

                Text in a box.

                After the box.

                See the chart [https://example.org/chart].

                \(hebrew.replacing("\n", with: "\n\n"))

                1Measured at the pier.

                iSeen from the tower.
                """, author: "Unknown", description: "Unknown", source: "epub file uploaded by the user."),
    ]

    @Test("texts and slides", arguments: texts + spaced)
    func text(_ example: Case) async throws {
        let records = try await ConversionFixture().records(example.file)
        #expect(records.map(\.pageContent) == [example.text])
        #expect(records.first?.metadata["docAuthor"] == .string(example.author))
        #expect(records.first?.metadata["description"] == .string(example.description))
        #expect(records.first?.metadata["docSource"] == .string(example.source))
    }

    /// File, and how it shows a date and a time: numbers in Excel's files.
    static let workbooks = [("log.xlsx", "45355,0.395833333333333"), ("log.ods", "2024-03-04,09:30")]

    @Test("workbooks: hidden sheets, merged cells, formulas, dates, percentages, an error", arguments: workbooks)
    func sheets(file: String, dateAndTime: String) async throws {
        let records = try await ConversionFixture().records(file)
        #expect(
            records.map(\.metadata["title"])
                == ["Depths, 2024", "Hidden", "Ship’s log"].map { .string("\(file) - Sheet:\($0)") })
        let first = """
            Port,Depth,Share,Measured,Hour,Open
            "Brest, France",7.5,0.125,\(dateAndTime),true
            יפו,42,1234567.25

            total,49.5,,Port!
            merged,,after
            漢字 🚢,two
            lines,noted
            """
        #expect(records.map(\.pageContent) == [first, "secret,1", "corner"])
    }

    @Test("text formats stay as they are", arguments: ["report.html", "log.csv"])
    func unchanged(_ file: String) async throws {
        let bytes = try ConversionFixture.corpus(file)
        let text = try #require(try await ConversionFixture().records(file).first?.pageContent)
        #expect(text.utf8.elementsEqual(bytes))
        #expect(text.contains("漢字") && text.contains("🚢"))
    }
}
