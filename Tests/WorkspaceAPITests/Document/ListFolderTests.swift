import Foundation
import OrderedJSON
import Testing

@Suite("GET /v1/documents/folder/:folderName")
struct ListFolderTests {
    private static let path = "/v1/documents/folder/custom-documents"

    /// Query, number of documents of twelve, whether there are more (contract/documents.md 5.3).
    static let pages: [(String, Int, Bool)] = [
        ("", 12, false), ("?limit=5", 5, true), ("?limit=12", 12, false), ("?limit=5&offset=10", 2, false),
        ("?limit=5&offset=7", 5, false), ("?limit=5&offset=6", 5, true), ("?limit=ALL&offset=2", 10, false),
        ("?offset=10abc", 2, false), ("?offset=-3", 12, false), ("?offset=abc", 12, false), ("?offset=99", 0, false),
        ("?offset=99999999999999999999", 0, false), ("?limit=0", 12, false), ("?limit=abc", 12, false),
        ("?limit=-1", 12, false),
        ("?limit=3.9", 3, true), ("?limit=", 12, false), ("?limit=5x", 5, true),
        ("?limit=999999999999999999999", 12, false),
    ]

    @Test("offset and limit are read leniently", arguments: pages)
    func page(query: String, count: Int, hasMore: Bool) async throws {
        let api = try APIFixture()
        for number in 1...12 { try await api.document("d\(number)", "x") }
        let answer = try await api.get(Self.path + query)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["folder", "documents", "totalCount", "hasMore", "error"])
        #expect(json["documents"]?.arrayValue?.count == count)
        #expect(json["totalCount"] == 12)
        #expect(json["hasMore"] == .bool(hasMore))
        let names = json["documents"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    /// Folder as requested, status.
    static let folders: [(String, Int)] = [
        ("custom-documents", 200), ("..%2Fcustom-documents", 200), ("custom-documents%2F", 200), ("none", 404),
        ("%2Fcustom-documents", 404), ("CUSTOM-DOCUMENTS", 404), ("..", 404), ("%2E", 500), ("%2F", 500),
    ]

    @Test("names are normalised, and what is no folder is not found", arguments: folders)
    func folder(name: String, status: Int) async throws {
        let api = try APIFixture()
        try await api.document("d", "x")
        let answer = try await api.get("/v1/documents/folder/" + name)
        #expect(answer.status == status)
        if status == 404 {
            let shown = name.removingPercentEncoding ?? name
            #expect(
                answer.body
                    == #"{"folder":"\#(shown)","documents":[],"totalCount":0,"hasMore":false,"error":"Folder \"\#(shown)\" does not exist."}"#
            )
        }
        if status == 500 { #expect(answer.body == "Internal Server Error") }
        if status == 200 { #expect(try answer.json()["folder"] == .string(name.removingPercentEncoding ?? name)) }
    }
}
