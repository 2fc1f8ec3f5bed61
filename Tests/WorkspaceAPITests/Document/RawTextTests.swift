import OrderedJSON
import Testing

@Suite("POST /v1/document/raw-text")
struct RawTextTests {
    private static let path = "/v1/document/raw-text"
    private static let title =
        #"{"success":false,"error":"You are missing required metadata key:value pairs in your request. Required metadata key:values are 'title'"}"#
    private static let empty = #"{"success":false,"error":"The 'textContent' key cannot have an empty value."}"#
    private static let processing = #"{"success":false,"error":"A processing error occurred.","documents":[]}"#

    private static func workspaces(_ type: String) -> String {
        #"{"success":false,"error":"addToWorkspaces must be a string of comma-separated workspace slugs. Got \#(type)"}"#
    }

    /// Body, status, answer; checks come in the order of contract/documents.md 4.4.
    static let refusals: [(String, Int, String)] = [
        ("{}", 422, title), ("[]", 422, title), (#"{"textContent":"a","metadata":{}}"#, 422, title),
        (#"{"textContent":"a","metadata":{"title":""}}"#, 422, title),
        (#"{"textContent":"a","metadata":{"title":0}}"#, 422, title),
        (#"{"textContent":"","metadata":"nonsense"}"#, 422, title), (#"{"textContent":"a","metadata":5}"#, 422, title),
        (
            #"{"textContent":"a","metadata":{"title":"\#(String(repeating: "t", count: 1_000))"}}"#, 422,
            #"{"success":false,"error":"The title is too long."}"#
        ),
        (#"{"metadata":{"title":"t"}}"#, 422, empty), (#"{"textContent":"","metadata":{"title":"t"}}"#, 422, empty),
        (#"{"textContent":[],"metadata":{"title":"t"}}"#, 422, empty),
        (#"{"textContent":"a","metadata":{"title":5}}"#, 500, processing),
        (#"{"textContent":5,"metadata":{"title":"t"}}"#, 500, processing),
        (#"{"textContent":["a"],"metadata":{"title":"t"}}"#, 500, processing),
        (#"{"addToWorkspaces":["a"]}"#, 422, workspaces("object")),
        (#"{"addToWorkspaces":{}}"#, 422, workspaces("object")),
        (#"{"addToWorkspaces":5}"#, 422, workspaces("number")),
        (#"{"addToWorkspaces":true}"#, 422, workspaces("boolean")),
    ]

    @Test("what cannot be stored is refused in the documented order, and nothing is logged", arguments: refusals)
    func refuse(body: String, status: Int, expected: String) async throws {
        let api = try APIFixture()
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == status)
        #expect(answer.body == expected)
        #expect(try api.events().isEmpty)
        #expect(try api.telemetry().isEmpty)
    }

    @Test("null metadata is a 500")
    func nullMetadata() async throws {
        #expect(try await APIFixture().post(Self.path, #"{"textContent":"a","metadata":null}"#).status == 500)
    }

    @Test("the record comes back with its text, in the documented order, and is logged")
    func record() async throws {
        let api = try APIFixture()
        let answer = try await api.post(
            Self.path, #"{"textContent":" a  b\n","metadata":{"title":"Q1 Report.v2.txt"}}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["success", "error", "documents"])
        #expect(json["success"] == true)
        #expect(json["error"] == .null)
        let record = try #require(json["documents"]?[0]?.objectValue)
        #expect(
            record.keys == [
                "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
                "pageContent", "token_count_estimate", "location", "isDirectUpload",
            ])
        #expect(record["pageContent"] == " a  b\n")
        #expect(record["wordCount"] == 4)
        #expect(record["isDirectUpload"] == false)
        #expect(record["title"] == "q1-report-v2.txt")
        #expect(record["url"] == "file://q1-report-v2.txt")
        #expect(record["chunkSource"] == "q1-report-v2.txt")
        #expect(record["docAuthor"] == "no author specified")
        let id = record["id"]?.stringValue ?? ""
        #expect(record["location"] == .string("custom-documents/raw-q1-report-v2-\(id).json"))
        #expect(try api.eventRows() == ["api_raw_document_uploaded {}"])
        #expect(try api.telemetry() == ["raw_document_uploaded": 1])
    }

    /// Member of `metadata`, key of the record, expected value.
    static let metadata: [(String, String, JSONValue)] = [
        (#""docAuthor":"Ann""#, "docAuthor", "Ann"), (#""docAuthor":"""#, "docAuthor", ""),
        (#""docAuthor":5"#, "docAuthor", "no author specified"),
        (#""description":"d""#, "description", "d"), (#""description":null"#, "description", "no description found"),
        (#""docSource":"s""#, "docSource", "s"), (#""docSource":[]"#, "docSource", "no source set"),
        (#""chunkSource":"""#, "chunkSource", ""), (#""chunkSource":7"#, "chunkSource", "t.txt"),
        (#""url":"https://A.test/X""#, "url", "web://https://a.test/x.website"),
        (#""url":"ftp://a""#, "url", "file://t.txt"),
        (#""published":0"#, "published", "1/1/1970, 12:00:00 AM"),
        (#""published":"1700000000000""#, "published", "11/14/2023, 10:13:20 PM"),
        (#""published":true"#, "published", "1/1/1970, 12:00:00 AM"),
        (#""published":1e20"#, "published", "Invalid Date"),
        (#""published":null"#, "published", "3/4/2026, 11:00:00 AM"),
        (#""published":"""#, "published", "3/4/2026, 11:00:00 AM"),
        (#""published":"2024-01-01""#, "published", "3/4/2026, 11:00:00 AM"), (#""unknown":"x""#, "title", "t.txt"),
    ]

    @Test("metadata is taken as documented", arguments: metadata)
    func checkMetadata(member: String, key: String, expected: JSONValue) async throws {
        let api = try APIFixture()
        let answer = try await api.post(Self.path, #"{"textContent":"a","metadata":{"title":"t",\#(member)}}"#)
        #expect(answer.status == 200)
        let record = try answer.json()["documents"]?[0]
        #expect(record?[key] == expected)
        #expect(record?["unknown"] == nil)
    }

    @Test("metadata may be JSON as text, mended where it can be", arguments: [#"{\"title\":\"t\"}"#, "{title:'t',}"])
    func lenient(metadata: String) async throws {
        let answer = try await APIFixture().post(Self.path, #"{"textContent":"a","metadata":"\#(metadata)"}"#)
        #expect(try answer.json()["documents"]?[0]?["title"] == "t.txt")
    }

    @Test("a title without a Latin letter still has a stem (quirk 12)")
    func stem() async throws {
        let record = try await APIFixture().post(Self.path, #"{"textContent":"a","metadata":{"title":"日本語"}}"#).json()[
            "documents"]?[0]
        #expect(record?["title"] == "document.txt")
        #expect(record?["location"]?.stringValue?.hasPrefix("custom-documents/raw-document-") == true)
    }

    @Test("the document is embedded into the known workspaces of the list, slugs in any case")
    func embed() async throws {
        let api = try APIFixture()
        for name in ["A", "B", "C"] { try await api.workspace(name) }
        try await api.document("supply", "Delivery is due in June.", workspaces: " B ,none,,a")
        for (slug, count) in [("a", 1), ("b", 1), ("c", 0)] {
            let documents = try await api.get("/v1/workspace/\(slug)").json()["workspace"]?[0]?["documents"]
            #expect(documents?.arrayValue?.count == count)
        }
        #expect(
            try api.eventRows().suffix(3) == [
                "api_raw_document_uploaded {}",
                #"workspace_documents_added {"workspaceName":"A","numberOfDocumentsAdded":1}"#,
                #"workspace_documents_added {"workspaceName":"B","numberOfDocumentsAdded":1}"#,
            ])
        #expect(try api.telemetry()["documents_embedded_in_workspace"] == 1)
    }

    @Test("an embedding that fails is hidden, and ends the list")
    func embedFailure() async throws {
        let api = try APIFixture()
        for name in ["A", "B"] { try await api.workspace(name) }
        let docpath = try await api.document("bad", "EMBEDFAIL", workspaces: "a,b")
        #expect(docpath.hasPrefix("custom-documents/raw-bad-"))
        #expect(try api.events().filter { $0 == "workspace_documents_added" }.count == 1)
        #expect(try await api.get("/v1/workspace/a").json()["workspace"]?[0]?["documents"] == [])
    }

    @Test("falsy lists of workspaces are none", arguments: ["null", "false", "0", #""""#, #"" , ""#])
    func falsy(value: String) async throws {
        let api = try APIFixture()
        try await api.workspace("A")
        let answer = try await api.post(
            Self.path, #"{"textContent":"a","metadata":{"title":"t"},"addToWorkspaces":\#(value)}"#)
        #expect(answer.status == 200)
        #expect(try api.events().last == "api_raw_document_uploaded")
    }
}
