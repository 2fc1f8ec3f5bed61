import OrderedJSON
import Testing

@testable import Documents

@Suite("Pages of texts and passages")
struct PageNumbersTests {
    @Test("a passage has the page on which it begins")
    func passages() throws {
        let text = PageNumbers.join([" first page ", "", "third page", " "])
        #expect(text == "first page\n\u{0C}\n\u{0C}third page")
        let chunks = try TextSplitter(chunkSize: 13, overlap: 0).chunks(of: text)
        #expect(chunks.map(\.text) == ["first page", "third page"])
        #expect(PageNumbers.pages(at: chunks.map(\.offset), in: text) == [1, 3])
        #expect(PageNumbers.pages(at: [0], in: "no pages") == nil)
    }

    @Test("equal passages of several pages are told apart")
    func equalPages() throws {
        let text = PageNumbers.join(Array(repeating: "same", count: 4))
        let chunks = try TextSplitter(chunkSize: 6, overlap: 0).chunks(of: text)
        #expect(PageNumbers.pages(at: chunks.map(\.offset), in: text) == [1, 2, 3, 4])
    }

    @Test("the header names the page, and is read again", arguments: [nil, 7])
    func header(page: Int?) {
        let header = ChunkHeader.text(for: ["title": "T", "published": "P"], page: page)
        let line = page.map { "page: \($0)\n" } ?? ""
        #expect(header == "<document_metadata>\nsourceDocument: T\npublished: P\n\(line)</document_metadata>\n\n")
        #expect(ChunkHeader.page(of: "prefix " + header + "text page: 9") == page)
        #expect(ChunkHeader.page(of: "page: 3\ntext") == nil)
    }
}
