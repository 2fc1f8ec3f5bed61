import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/thread/new")
struct NewThreadTests {
    private static let path = "/v1/workspace/ops/thread/new"

    @Test("a thread has every column in the documented order")
    func columns() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await api.post(Self.path)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["thread", "message"])
        #expect(json["message"] == .null)
        let thread = try #require(json["thread"]?.objectValue)
        #expect(thread.keys == ["id", "name", "slug", "workspace_id", "user_id", "createdAt", "lastUpdatedAt"])
        #expect(thread["name"] == "Thread")
        #expect(thread["workspace_id"] == 1)
        #expect(thread["user_id"] == .null)
        #expect(thread["slug"]?.stringValue?.count == 36)
        #expect(try api.eventRows().last == #"api_workspace_thread_created {"workspaceName":"Ops"}"#)
        #expect(try api.telemetry()["workspace_thread_created"] == 1)
    }

    /// Body, name and slug; nil for a UUID (contract/threads.md 2, TQ-2, TQ-4).
    static let threads: [(String, String, String?)] = [
        (#"{"name":7,"userId":3}"#, "7", nil), (#"{"name":["a","b"]}"#, "a,b", nil),
        (#"{"name":{}}"#, "[object Object]", nil),
        (#"{"name":""}"#, "Thread", nil), (#"{"name":false,"slug":0}"#, "Thread", nil),
        (#"{"name":" a "}"#, " a ", nil),
        (#"{"slug":"Sales Notes"}"#, "Thread", "Sales-Notes"), (#"{"slug":"Sales-Notes"}"#, "Thread", "Sales-Notes"),
        (#"{"slug":"v1.2"}"#, "Thread", "v1-dot-2"), (#"{"slug":"My Thread!"}"#, "Thread", "My-Thread-bang"),
        (#"{"slug":"日本語"}"#, "Thread", nil), (#"{"slug":"():~"}"#, "Thread", nil), (#"{"slug":""}"#, "Thread", nil),
        (#"{"slug":null}"#, "Thread", nil), ("[]", "Thread", nil),
    ]

    @Test("names become text and slugs keep their case", arguments: threads)
    func create(body: String, name: String, slug: String?) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let thread = try await api.post(Self.path, body).json()["thread"]
        #expect(thread?["name"] == .string(name))
        #expect(thread?["user_id"] == .null)
        if let slug {
            #expect(thread?["slug"] == .string(slug))
        } else {
            #expect(thread?["slug"]?.stringValue?.count == 36)
        }
    }

    @Test("two slugs of which nothing is left do not clash (TQ-2)")
    func emptySlugs() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for _ in 1...2 { #expect(try await api.post(Self.path, #"{"slug":"日本語"}"#).status == 200) }
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", path: "/v1/workspace/none/thread/new", body: "{}", status: 400,
            exactly: "Bad Request"),
        APICase(
            name: "unknown workspace before the slug", path: "/v1/workspace/none/thread/new", body: #"{"slug":5}"#,
            status: 400, exactly: "Bad Request"),
        APICase(
            name: "slug in use", path: path, body: #"{"slug":"Taken"}"#, status: 400,
            exactly: #"{"thread":null,"message":"slug already exists"}"#),
        APICase(
            name: "slug in use in another workspace", path: "/v1/workspace/other/thread/new",
            body: #"{"slug":"Taken"}"#,
            status: 400, exactly: #"{"thread":null,"message":"slug already exists"}"#),
        APICase(
            name: "number as slug", path: path, body: #"{"slug":5}"#, status: 400,
            exactly: #"{"thread":null,"message":"slugify: string argument expected"}"#),
        APICase(
            name: "list as slug", path: path, body: #"{"slug":[]}"#, status: 400,
            exactly: #"{"thread":null,"message":"slugify: string argument expected"}"#),
        APICase(
            name: "no JSON", path: path, body: "{", contentType: "text/plain", status: 400,
            containing: [#"{"thread":null,"message":""#]),
    ]

    @Test("a refusal is neither logged nor counted (TQ-1, TQ-5)", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Other")
        _ = try await api.post(Self.path, #"{"slug":"Taken"}"#)
        try await refusal.check(api)
        #expect(try api.events().filter { $0 == "api_workspace_thread_created" }.count == 1)
        #expect(try api.telemetry()["workspace_thread_created"] == 1)
    }
}
