import Documents
import OrderedJSON
import Testing

@Suite("Chunk headers")
struct ChunkHeaderTests {
    private static func header(_ lines: [String]) -> String {
        "<document_metadata>\n" + lines.map { $0 + "\n" }.joined() + "</document_metadata>\n\n"
    }

    @Test(
        "lines for the keys that are there",
        arguments: [
            (["title": "a.txt", "published": "1/2/2024"], ["sourceDocument: a.txt", "published: 1/2/2024"]),
            (["published": "x"], ["published: x"]), ([:], []), (["title": "", "published": .null], []),
            (["title": 5], ["sourceDocument: 5"]),
            (["chunkSource": "link://https://x.test"], ["source: https://x.test"]),
            (["chunkSource": "youtube://https://y.test/link://q"], ["source: q"]),
            (["chunkSource": "link://a link://b"], ["source: a "]),
            (["chunkSource": "youtube://v"], ["source: v"]),
            (["chunkSource": "link://"], []), (["chunkSource": "a.txt"], []), (["chunkSource": 7], []),
            (["chunkSource": "x link://y"], []),
        ] as [(JSONValue, [String])])
    func headers(_ metadata: JSONValue, _ lines: [String]) throws {
        let expected = lines.isEmpty ? "" : Self.header(lines)
        #expect(ChunkHeader.text(for: try #require(metadata.objectValue)) == expected)
    }
}
