import HTTPTypes
import OrderedJSON
import TestSupport
import Testing

@Suite("POST /v1/document/upload-link")
struct UploadLinkTests {
    private static let path = "/v1/document/upload-link"

    private static func site(_ body: String, type: String = "text/html", status: Int = 200) throws -> ScriptedHTTPServer
    {
        try ScriptedHTTPServer { request in
            .answer(status: status, type: type, body: request.method == "HEAD" ? "" : body)
        }
    }

    private static func body(_ link: String, _ rest: String = "") -> String {
        #"{"link":\#(JSONValue.string(link).text)\#(rest.isEmpty ? "" : "," + rest)}"#
    }

    @Test("a page is stored with the documented record, and logged with the link as it was sent")
    func page() async throws {
        let api = try APIFixture()
        let server = try Self.site("<nav>x</nav><h1>High water</h1><p>At noon.")
        defer { server.stop() }
        let link = " http://127.0.0.1:\(server.port)/Tide%20Tables/?a=b "
        let answer = try await api.post(Self.path, Self.body(link))
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["success", "error", "documents"])
        let record = try #require(json["documents"]?[0]?.objectValue)
        let id = record["id"]?.stringValue ?? ""
        let expected: JSONObject = [
            "id": .string(id), "url": "file://127.0.0.1_Tide-Tables_.html", "title": "127.0.0.1_Tide-Tables_.html",
            "docAuthor": "no author found", "description": "No description found.",
            "docSource": "URL link uploaded by the user.",
            "chunkSource": .string("link://http://127.0.0.1:\(server.port)/Tide%20Tables/?a=b"),
            "published": "3/4/2026, 11:00:00 AM", "wordCount": 4, "pageContent": "# High water\n\nAt noon.",
            "token_count_estimate": record["token_count_estimate"] ?? 0,
            "location": .string("custom-documents/url-127.0.0.1_Tide-Tables_-\(id).json"), "isDirectUpload": false,
        ]
        #expect(record == expected)
        #expect(record.keys == expected.keys)
        #expect(try api.eventRows() == [#"api_link_uploaded {"link":\#(JSONValue.string(link).text)}"#])
        #expect(try api.telemetry() == ["link_uploaded": 1])
    }

    @Test("metadata names a page, as an object or as text; headers are sent")
    func metadata() async throws {
        let api = try APIFixture()
        let server = try Self.site("<p>a")
        defer { server.stop() }
        let link = "http://127.0.0.1:\(server.port)"
        let object = #""metadata":{"title":"T","docAuthor":"A","description":"","docSource":5,"chunkSource":"c"}"#
        let headers = #""scraperHeaders":{"X-Token":" t ","X-Empty":" "}"#
        let record = try await api.post(Self.path, Self.body(link, object + "," + headers)).json()["documents"]?[0]
        #expect(record?["title"] == "T")
        #expect(record?["docAuthor"] == "A")
        #expect(record?["description"] == "No description found.")
        #expect(record?["docSource"] == 5)
        #expect(record?["chunkSource"] == .string("link://" + link))
        #expect(server.requests.allSatisfy { $0.headers["x-token"] == "t" && $0.headers["x-empty"] == nil })
        let text = try await api.post(Self.path, Self.body(link, #""metadata":"{'title':'U',}""#)).json()
        #expect(text["documents"]?[0]?["title"] == "U")
    }

    @Test("a file is converted as an upload is")
    func file() async throws {
        let api = try APIFixture()
        let server = try Self.site("a,b\n1,2\n", type: "text/csv")
        defer { server.stop() }
        let body = Self.body("http://127.0.0.1:\(server.port)/Data/x", #""metadata":{"docAuthor":"A"}"#)
        let record = try await api.post(Self.path, body).json()["documents"]?[0]
        #expect(record?["title"] == "127.0.0.1-data-x.csv")
        #expect(record?["pageContent"] == "a,b\n1,2\n")
        #expect(record?["docAuthor"] == "A")
        #expect(record?["chunkSource"] == "")
        #expect(record?["docSource"] == "a text file uploaded by the user.")
    }

    @Test("a page is embedded into the workspaces that are named, and can be found")
    func embed() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let server = try Self.site("<p>High water at noon.")
        defer { server.stop() }
        let body = Self.body(
            "http://127.0.0.1:\(server.port)/tides", #""addToWorkspaces":" OPS ,none","metadata":{"team":"Blue"}"#)
        #expect(try await api.post(Self.path, body).status == 200)
        let hits = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"water at noon"}"#).json()
        #expect(hits["results"]?[0]?["text"]?.stringValue?.contains("High water at noon.") == true)
        for (team, count) in [("Blue", 1), ("Red", 0)] {
            let search = #"{"query":"water at noon","filter":{"team":{"eq":"\#(team)"}}}"#
            let found = try await api.post("/v1/workspace/ops/vector-search", search).json()
            #expect(found["results"]?.arrayValue?.count == count)
        }
        #expect(try api.events().suffix(2) == ["api_link_uploaded", "workspace_documents_added"])
    }

    @Test("a link with the same Idempotency-Key is fetched once")
    func repeated() async throws {
        let api = try APIFixture()
        let server = try Self.site("<p>High water at noon.")
        defer { server.stop() }
        let body = Self.body("http://127.0.0.1:\(server.port)/tides")
        let headers: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "k"]
        let first = try await api.send(.post, Self.path, body, headers: headers)
        #expect(first.status == 200)
        #expect(try await api.send(.post, Self.path, body, headers: headers).body == first.body)
        #expect(server.requests.map(\.method) == ["HEAD", "GET"])
    }

    /// Body and reason; what is no URL has one reason for all (quirk 19).
    static let refusals: [String] = [
        "{}", #"{"link":""}"#, #"{"link":null}"#, #"{"link":5}"#, #"{"link":["http://a.test"]}"#,
        #"{"link":"ftp://a.test"}"#,
        #"{"link":"http://10.0.0.1"}"#, #"{"link":"http://169.254.169.254/latest"}"#, #"{"link":"http://[::1]/"}"#,
        #"{"link":"localhost"}"#, #"{"link":"http://0x7f.0.0.2"}"#, #"{"link":"file:///etc/passwd"}"#,
    ]

    @Test("what is no public address of the web is refused, and nothing is stored", arguments: refusals)
    func refuse(body: String) async throws {
        let api = try APIFixture()
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == 500)
        #expect(answer.body == #"{"success":false,"error":"Not a valid URL.","documents":[]}"#)
        #expect(try api.events().isEmpty)
        #expect(try api.telemetry().isEmpty)
    }

    @Test("addToWorkspaces is looked at before the link")
    func order() async throws {
        let answer = try await APIFixture().post(Self.path, #"{"addToWorkspaces":["ops"]}"#)
        #expect(answer.status == 422)
        #expect(
            answer.body
                == #"{"success":false,"error":"addToWorkspaces must be a string of comma-separated workspace slugs. Got object"}"#
        )
    }

    @Test("a page without content and one that cannot be reached have the contract's reason")
    func empty() async throws {
        let server = try Self.site("<nav>x</nav>")
        defer { server.stop() }
        let gone = try FreePort.next()
        for link in ["http://127.0.0.1:\(server.port)", "http://127.0.0.1:\(gone)"] {
            let answer = try await APIFixture().post(Self.path, Self.body(link + "/"))
            #expect(answer.status == 500)
            #expect(answer.body == #"{"success":false,"error":"No URL content found at \#(link).","documents":[]}"#)
        }
    }

    @Test("a file that cannot be converted has the converter's reason")
    func conversion() async throws {
        let server = try Self.site("", type: "text/csv")
        defer { server.stop() }
        let answer = try await APIFixture().post(Self.path, Self.body("http://127.0.0.1:\(server.port)/x"))
        #expect(answer.status == 500)
        #expect(answer.body == #"{"success":false,"error":"No text content found in 127.0.0.1-x.csv.","documents":[]}"#)
    }

    @Test(
        "values of the metadata have their limits, for links, uploads and texts",
        arguments: ["title", "docAuthor", "description", "docSource"])
    func limits(key: String) async throws {
        let api = try APIFixture()
        let value = JSONValue.string(String(repeating: "x", count: 20_000)).text
        let reason =
            #"{"success":false,"error":"metadata.\#(key) is longer than \#(key == "title" ? 1_024 : 16_384) bytes."}"#
        let link = try await api.post(Self.path, Self.body("http://127.0.0.1/", #""metadata":{"\#(key)":\#(value)}"#))
        #expect(link.status == 422)
        #expect(link.body == reason)
        if key != "title" {
            let text = try await api.post(
                "/v1/document/raw-text", #"{"textContent":"a","metadata":{"title":"t","\#(key)":\#(value)}}"#)
            #expect(text.status == 422)
            #expect(text.body == reason)
        }
        let form = """
            --XX\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{"\(key)":\(value)}\r
            --XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\na\r\n--XX--\r\n
            """
        let upload = try await api.send(
            .post, "/v1/document/upload", form, contentType: "multipart/form-data; boundary=XX")
        #expect(upload.status == 422)
        #expect(upload.body == reason)
        #expect(try api.events().isEmpty)
    }
}
