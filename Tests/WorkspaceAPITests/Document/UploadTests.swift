import Foundation
import HTTPTypes
import OrderedJSON
import Testing

@Suite("POST /v1/document/upload")
struct UploadTests {
    private static let type = "multipart/form-data; boundary=XX"

    /// A form: each part is its header parameters and its content.
    private static func form(_ parts: [(String, String)]) -> String {
        parts.map { "--XX\r\nContent-Disposition: form-data; \($0.0)\r\n\r\n\($0.1)\r\n" }.joined() + "--XX--\r\n"
    }

    private static func file(_ name: String, _ text: String = "High water at noon.") -> (String, String) {
        (#"name="file"; filename="\#(name)""#, text)
    }

    private func upload(
        _ api: APIFixture, _ parts: [(String, String)], to folder: String = ""
    ) async throws -> APIFixture.Answer {
        try await api.send(.post, "/v1/document/upload" + folder, Self.form(parts), contentType: Self.type)
    }

    @Test("a text file is stored with the documented record, and logged")
    func record() async throws {
        let api = try APIFixture()
        let answer = try await upload(api, [Self.file("Tide Tables.txt")])
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["success", "error", "documents"])
        let record = try #require(json["documents"]?[0]?.objectValue)
        #expect(
            record.keys == [
                "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
                "pageContent", "token_count_estimate", "location", "isDirectUpload",
            ])
        let id = record["id"]?.stringValue ?? ""
        let expected: JSONObject = [
            "id": .string(id), "url": "file:///hotdir/Tide Tables.txt", "title": "Tide Tables.txt",
            "docAuthor": "Unknown",
            "description": "Unknown", "docSource": "a text file uploaded by the user.", "chunkSource": "",
            "published": "3/4/2026, 11:00:00 AM", "wordCount": 4, "pageContent": "High water at noon.",
            "token_count_estimate": record["token_count_estimate"] ?? 0,
            "location": .string("custom-documents/Tide-Tables.txt-\(id).json"), "isDirectUpload": false,
        ]
        #expect(record == expected)
        #expect(try api.eventRows() == [#"api_document_uploaded {"documentName":"Tide Tables.txt"}"#])
        #expect(try api.telemetry() == ["document_uploaded": 1])
    }

    /// Name as sent and as stored (contract/documents.md 3.1).
    static let names: [(String, String)] = [
        ("C:\\docs\\a.txt", "a.txt"), ("../../b.txt", "b.txt"), ("dir/c.txt", "c.txt"), ("résumé.md", "résumé.md"),
        ("a<b>:c|?*.txt", "abc.txt"), ("x.TXT", "x.TXT"),
    ]

    @Test("only the last part of a name counts, without forbidden characters", arguments: names)
    func checkNames(sent: String, stored: String) async throws {
        let record = try await upload(try APIFixture(), [Self.file(sent)]).json()["documents"]?[0]
        #expect(record?["title"] == .string(stored))
    }

    /// Parts and the error of a 500 (contract/documents.md 3.1).
    static let malformed: [(String, [(String, String)], String)] = [
        ("wrong field", [(#"name="upload"; filename="a.txt""#, "a")], "Invalid file upload. Unexpected field"),
        ("two files", [file("a.txt"), file("b.txt")], "Invalid file upload. Unexpected field"),
    ]

    @Test("forms with other files than one are refused, and nothing is stored", arguments: malformed)
    func checkMalformed(name: String, parts: [(String, String)], message: String) async throws {
        let api = try APIFixture()
        let answer = try await upload(api, parts)
        #expect(answer.status == 500)
        #expect(answer.body == #"{"success":false,"error":"\#(message)"}"#)
        #expect(try api.events().isEmpty)
    }

    /// Content type and body of what is no complete form.
    static let broken: [(String, String)] = [
        ("multipart/form-data", "--XX\r\n"), (type, ""),
        (type, "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc"),
        (type, "--XX\r\nnonsense"), (type, "--XX--\r\n"), ("application/json", "{}"), ("text/csv", "a,b"),
    ]

    @Test("no file is a 500 in the shape of documents (quirk 3)", arguments: broken)
    func checkBroken(type: String, body: String) async throws {
        let api = try APIFixture()
        let answer = try await api.send(.post, "/v1/document/upload", body, contentType: type)
        #expect(answer.status == 500)
        #expect(answer.body.hasPrefix(#"{"success":false,"error":""#))
        #expect(try api.events().isEmpty)
    }

    @Test("workspaces are one text; twice is a list, and a list is refused")
    func workspaces() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let field = (#"name="addToWorkspaces""#, "ops")
        #expect(try await upload(api, [field, Self.file("a.txt")]).status == 200)
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?.arrayValue?.count == 1)
        let twice = try await upload(api, [field, Self.file("b.txt"), field])
        #expect(twice.status == 422)
        #expect(
            twice.body
                == #"{"success":false,"error":"addToWorkspaces must be a string of comma-separated workspace slugs. Got object"}"#
        )
        for name in ["addToWorkspaces[]", "addToWorkspaces[0]", "addToWorkspaces[a]"] {
            let list = try await upload(api, [(#"name="\#(name)""#, "ops"), Self.file("b.txt")])
            #expect(list.status == 422)
            #expect(list.body == twice.body)
        }
        let json = try await api.post("/v1/document/upload", #"{"addToWorkspaces":5}"#)
        #expect(json.status == 422)
        #expect(try await upload(api, [(#"name="addToWorkspaces""#, ""), Self.file("c.txt")]).status == 200)
    }

    @Test("metadata replaces what it names, falsy values excepted, and other fields are ignored")
    func metadata() async throws {
        let text =
            #"{"title":"T","docAuthor":5,"description":"","docSource":"S","chunkSource":"link://x","published":1,"x":2}"#
        let parts = [(#"name="metadata""#, text), (#"name="other""#, "o"), Self.file("a.txt")]
        let record = try #require(try await upload(try APIFixture(), parts).json()["documents"]?[0])
        #expect(record["title"] == "T")
        #expect(record["docAuthor"] == 5)
        #expect(record["description"] == "Unknown")
        #expect(record["docSource"] == "S")
        #expect(record["chunkSource"] == "link://x")
        #expect(record["published"] == "3/4/2026, 11:00:00 AM")
        #expect(record["x"] == nil)
    }

    /// File name, content, and the error; nil when it is stored (contract/documents.md 9.1, 9.4).
    static let dispatch: [(String, String, String?)] = [
        ("a.md", "x", nil), ("a.html", "<b>x</b>", nil), ("a.csv", "1,2", nil), ("a.json", "{", nil),
        ("a.swift", "let x", nil),
        ("a.ts", "let x", nil), ("a", "plain", nil), ("a.txt", " ", nil),
        ("a.txt", "", "No text content found in a.txt."),
        ("a.exe", "MZ", "File extension .exe not supported for parsing and cannot be assumed as text file type."),
        ("a.zip", "PK", "File extension .zip not supported for parsing and cannot be assumed as text file type."),
        (
            "a.unknown", "\0\0\0\u{1}",
            "File extension .unknown not supported for parsing and cannot be assumed as text file type."
        ),
        ("__HOTDIR__.md", "x", "Filename is a reserved filename and cannot be processed."),
    ]

    @Test("the extension decides what is stored", arguments: dispatch)
    func checkDispatch(name: String, content: String, refusal: String?) async throws {
        let api = try APIFixture()
        let answer = try await upload(api, [Self.file(name, content)])
        #expect(answer.status == (refusal == nil ? 200 : 500))
        if let refusal {
            #expect(answer.body == #"{"success":false,"error":"\#(refusal)","documents":[]}"#)
            #expect(try api.events().isEmpty)
        } else {
            #expect(try answer.json()["documents"]?[0]?["pageContent"] == .string(content))
        }
    }

    /// Folder as sent and as stored.
    static let folders: [(String, String)] = [
        ("plans", "plans"), ("..%2Fevil", "evil"), ("Größe", "Größe"), ("a%20b", "a b"),
    ]

    @Test("a folder is created, and moved records have a name", arguments: folders)
    func folder(sent: String, stored: String) async throws {
        let api = try APIFixture()
        let segment = sent.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.union(["%"])) ?? sent
        let answer = try await upload(api, [Self.file("a.txt")], to: "/" + segment)
        let record = try #require(try answer.json()["documents"]?[0]?.objectValue)
        let name = "a.txt-\(record["id"]?.stringValue ?? "").json"
        #expect(record.keys.suffix(3) == ["location", "isDirectUpload", "name"])
        #expect(record["location"] == .string("\(stored)/\(name)"))
        #expect(record["name"] == .string(name))
        #expect(try api.eventRows() == [#"api_document_uploaded {"documentName":"a.txt","folder":"\#(stored)"}"#])
    }

    @Test("the default folder moves nothing, so there is no name")
    func defaultFolder() async throws {
        let record = try await upload(try APIFixture(), [Self.file("a.txt")], to: "/custom-documents").json()[
            "documents"]?[0]
        #expect(record?["name"] == nil)
        #expect(record?["location"]?.stringValue?.hasPrefix("custom-documents/a.txt-") == true)
    }

    @Test(
        "a nested or empty folder is a 500 before anything is stored (quirk 5)",
        arguments: ["a%2Fb", "..", "a%5Cb", "%2E"])
    func badFolder(folder: String) async throws {
        let api = try APIFixture()
        let answer = try await upload(api, [Self.file("a.txt")], to: "/" + folder)
        #expect(answer.status == 500)
        #expect(
            try await api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue?.allSatisfy {
                $0["items"] == []
            } == true)
        #expect(try api.events().isEmpty)
    }
}
