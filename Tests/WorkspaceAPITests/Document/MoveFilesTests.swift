import OrderedJSON
import Testing

@Suite("POST /v1/document/move-files")
struct MoveFilesTests {
    private static let path = "/v1/document/move-files"
    private static let failed = #"{"success":false,"message":"Failed to move files."}"#
    private static let failedSome = #"{"success":false,"message":"Failed to move some files."}"#
    private static let moved = #"{"success":true,"message":null}"#

    /// Two documents, `plans/one.json` and `plans/two.json`, and an empty folder `other`.
    private func fixture() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for name in ["plans", "other"] { _ = try await api.post("/v1/document/create-folder", #"{"name":"\#(name)"}"#) }
        for title in ["one", "two"] {
            let from = try await api.document(title, "Text of \(title).")
            let answer = try await api.post(Self.path, #"{"files":[{"from":"\#(from)","to":"plans/\#(title).json"}]}"#)
            #expect(answer.body == Self.moved)
        }
        return api
    }

    private func names(_ api: APIFixture, _ folder: String) async throws -> [String] {
        try await api.get("/v1/documents/folder/" + folder).json()["documents"]?.arrayValue?
            .compactMap { $0["name"]?.stringValue } ?? []
    }

    /// Body, status and answer; nothing is moved.
    static let refusals: [(String, String)] = [
        ("{}", failed), (#"{"files":null}"#, failed), (#"{"files":"a"}"#, failed), (#"{"files":[{}]}"#, failed),
        (#"{"files":[{"to":"other/a.json"}]}"#, failed), (#"{"files":[{"from":".","to":"other/a.json"}]}"#, failed),
        (#"{"files":[{"from":"plans/one.json","to":"/"}]}"#, failed),
        (#"{"files":[{"from":"plans/none.json","to":"other/a.json"}]}"#, failedSome),
        (#"{"files":[{"from":"plans/one.json","to":"missing/a.json"}]}"#, failedSome),
        (#"{"files":[{"from":"plans/one.json","to":"plans/two.json"}]}"#, failedSome),
        (#"{"files":[{"from":"plans/one.json","to":"other/deep/a.json"}]}"#, failedSome),
        (#"{"files":[{"from":"plans/one.json","to":"other/one.json"},{"from":"plans/two.json","to":"."}]}"#, failed),
    ]

    @Test("an impossible move leaves everything where it is (quirk 23)", arguments: refusals)
    func refuse(body: String, expected: String) async throws {
        let api = try await fixture()
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == 500)
        #expect(answer.body == expected)
        #expect(try await names(api, "plans") == ["one.json", "two.json"])
        #expect(try await names(api, "other").isEmpty)
    }

    /// Impossible moves beside one that succeeds.
    static let impossible = [
        #"{"from":"plans/none.json","to":"other/b.json"}"#, #"{"from":"plans/two.json","to":"missing/two.json"}"#,
        #"{"from":"plans/two.json","to":"other/deep/two.json"}"#, #"{"from":"plans/two.json","to":"other/one.json"}"#,
        #"{"from":"plans","to":"other"}"#,
    ]

    @Test("impossible moves do not undo the others (contract/documents.md 5.9)", arguments: impossible)
    func moveSome(last: String) async throws {
        let api = try await fixture()
        let (first, possible) = (Self.impossible[0], #"{"from":"plans/one.json","to":"other/one.json"}"#)
        let answer = try await api.post(Self.path, #"{"files":[\#(first),\#(possible),\#(last)]}"#)
        #expect(answer.status == 500)
        #expect(answer.body == Self.failedSome)
        #expect(try await names(api, "plans") == ["two.json"])
        #expect(try await names(api, "other") == ["one.json"])
    }

    @Test("a document that is moved to where it is stays there")
    func moveToItself() async throws {
        let api = try await fixture()
        let body = #"{"files":[{"from":"plans/one.json","to":"./plans/one.json"}]}"#
        #expect(try await api.post(Self.path, body).body == Self.moved)
        #expect(try await names(api, "plans") == ["one.json", "two.json"])
    }

    @Test("documents are moved and renamed, paths in any spelling, without an event")
    func move() async throws {
        let api = try await fixture()
        let events = try api.events()
        let body =
            #"{"files":[{"from":"./plans/one.json","to":"/other/uno.json"},{"from":"../plans/two.json","to":"other/two.json"}]}"#
        #expect(try await api.post(Self.path, body).body == Self.moved)
        #expect(try await names(api, "plans").isEmpty)
        #expect(try await names(api, "other") == ["two.json", "uno.json"])
        #expect(try api.events() == events)
        #expect(try await api.post(Self.path, #"{"files":[]}"#).body == Self.moved)
    }

    @Test("documents that a workspace holds stay, the others go")
    func embedded() async throws {
        let api = try await fixture()
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/one.json"]}"#)
        let body =
            #"{"files":[{"from":"plans/one.json","to":"other/one.json"},{"from":"plans/two.json","to":"other/two.json"}]}"#
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"success":true,"message":"1/2 files not moved. Unembed them from all workspaces."}"#)
        #expect(try await names(api, "plans") == ["one.json"])
        #expect(try await names(api, "other") == ["two.json"])
    }

    @Test("the embedding does not follow the document, which can be embedded at its new place")
    func cache() async throws {
        let api = try await fixture()
        for list in ["adds", "deletes"] {
            _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"\#(list)":["plans/one.json"]}"#)
        }
        #expect(try await api.get("/v1/document/one.json").json()["document"]?["cached"] == true)
        _ = try await api.post(Self.path, #"{"files":[{"from":"plans/one.json","to":"other/one.json"}]}"#)
        #expect(try await api.get("/v1/document/one.json").json()["document"]?["cached"] == false)
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["other/one.json"]}"#)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
    }
}
