import Documents
import Foundation
import HTTPTypes
import OrderedJSON
import TestSupport
import Testing

@Suite("POST /v1/document/upload of foreign formats")
struct UploadConversionTests {
    private static func corpus(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: PackageRoot.path("Tests/DocumentsTests/Resources/corpus/" + name))))
    }

    private func upload(
        _ api: APIFixture, _ name: String, _ bytes: [UInt8], workspaces: String? = nil, to folder: String = ""
    ) async throws -> APIFixture.Answer {
        let field = workspaces.map { MultipartBody.part(#"name="addToWorkspaces""#, $0) } ?? ""
        let head = field + "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        return try await api.send(
            .post, "/v1/document/upload" + folder, bytes: Array(head.utf8) + bytes + Array("\r\n--XX--\r\n".utf8),
            contentType: MultipartBody.contentType)
    }

    @Test("a PDF is stored, found, and its passages name their page")
    func pages() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await upload(api, "Tide Tables.pdf", Self.corpus("tides.pdf"), workspaces: "ops")
        #expect(answer.status == 200)
        let record = try answer.json()["documents"]?[0]
        #expect(record?["docAuthor"] == "Harbour Office")
        #expect(record?["pageContent"] == "High water at noon.\nLow water at six.\n\u{0C}\n\u{0C}潮汐表\nThird page.")
        #expect(record?["location"]?.stringValue?.hasPrefix("custom-documents/Tide-Tables.pdf-") == true)
        let body = #"{"query":"Third page.","topN":1,"scoreThreshold":0}"#
        let hit = try await api.post("/v1/workspace/ops/vector-search", body).json()["results"]?[0]
        #expect(hit?["metadata"]?["page"] == 1)
        #expect(hit?["text"]?.stringValue?.contains("\npage: 1\n</document_metadata>\n\n") == true)
    }

    @Test("every sheet is stored, and the first alone goes into the workspaces")
    func sheets() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await upload(api, "ports.xlsx", Self.corpus("ports.xlsx"), workspaces: "ops")
        let locations = try answer.json()["documents"]?.arrayValue?.map { $0["location"]?.stringValue ?? "" } ?? []
        #expect(locations.count == 2)
        let folder = try #require(locations.first?.split(separator: "/").first.map(String.init))
        #expect(locations == ["\(folder)/sheet-Tides-2024.json", "\(folder)/sheet-tides-2024-2.json"])
        #expect(folder.wholeMatch(of: #/ports\.xlsx-[0-9a-f]{4}/#) != nil)
        let held = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?.arrayValue ?? []
        #expect(held.map { $0["docpath"] } == [.string(locations[0])])
        let listed = try await api.get("/v1/documents/folder/" + folder).json()
        #expect(listed["totalCount"] == 2)
        #expect(try api.telemetry()["document_uploaded"] == 1)
    }

    @Test("into a folder, all documents of a file are moved and have a name")
    func folder() async throws {
        let api = try APIFixture()
        let records = try await upload(api, "ports.xlsx", Self.corpus("ports.xlsx"), to: "/books").json()["documents"]
        #expect(
            records?.arrayValue?.map { $0["location"] } == [
                "books/sheet-Tides-2024.json", "books/sheet-tides-2024-2.json",
            ])
        #expect(records?.arrayValue?.map { $0["name"] } == ["sheet-Tides-2024.json", "sheet-tides-2024-2.json"])
        let again = try await upload(api, "ports.xlsx", Self.corpus("ports.xlsx"), to: "/books").json()["documents"]?[0]
        #expect(again?["name"] == .string("sheet-Tides-2024-\(again?["id"]?.stringValue ?? "").json"))
        #expect(try await api.get("/v1/documents/folder/books").json()["totalCount"] == 4)
    }

    @Test("mail without text is a success without documents, also for workspaces")
    func noDocuments() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let mail = Array("From x Mon Mar  4 09:00:00 2024\nSubject: a\nContent-Type: image/png\n\nAAAA\n".utf8)
        let answer = try await upload(api, "a.mbox", mail, workspaces: "ops")
        #expect(answer.status == 200)
        #expect(answer.body == #"{"success":true,"error":null,"documents":[]}"#)
    }

    /// Name, content and the error of the 500 (contract/documents.md 9.4).
    static let refusals: [(String, String, String)] = [
        ("a.pdf", "%PDF", "A processing error occurred."), ("a.docx", "PK", "A processing error occurred."),
        ("a.odt", "PK", "No text content found in a.odt."), ("a.epub", "x", "No text content found in a.epub."),
        ("a.xlsx", "x", "Error processing a.xlsx: it is not a readable spreadsheet."),
        ("a.mbox", "x", "No mail items found in a.mbox."),
        ("a.wav", "RIFF", "a.wav is a recording, and no transcription service is configured. Set WHISPER_PROVIDER."),
        ("a.ods", "x", "Error processing a.ods: it is not a readable spreadsheet."),
    ]

    @Test("what cannot be converted is a 500 with the reason, and nothing is stored", arguments: refusals)
    func refused(name: String, content: String, reason: String) async throws {
        let api = try APIFixture()
        let answer = try await upload(api, name, Array(content.utf8))
        #expect(answer.status == 500)
        #expect(answer.body == #"{"success":false,"error":"\#(reason)","documents":[]}"#)
        #expect(try api.events().isEmpty)
    }

    @Test("over a limit is a 500 that names the setting")
    func limit() async throws {
        var tools = APIFixture.conversion
        tools.limits.pages = 2
        let answer = try await upload(try APIFixture(conversion: tools), "tides.pdf", Self.corpus("tides.pdf"))
        #expect(answer.status == 500)
        #expect(try answer.json()["error"] == "tides.pdf has 3 pages, more than 2 (CARREL_CONVERSION_PAGES).")
    }

    @Test("attachments of chats are converted likewise")
    func attachment() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let content = Data(try Self.corpus("tides.docx")).base64EncodedString()
        let body = """
            {"message":"When is high water?","attachments":[{"name":"tides.docx",\
            "mime":"application/anythingllm-document","contentString":"data:application/docx;base64,\(content)"}]}
            """
        let answer = try await api.post("/v1/workspace/ops/chat", body).json()
        #expect(answer["textResponse"]?.stringValue?.contains("High water at noon.") == true)
        #expect(answer["sources"]?[0]?["title"] == "tides.docx")
    }
}
