import HTTPTypes
import Testing

@Suite("DELETE /v1/document/remove-folder")
struct RemoveFolderTests {
    private static let path = "/v1/document/remove-folder"
    private static let done = #"{"success":true,"message":"Folder removed successfully"}"#

    @Test(
        "unknown and protected folders are left alone with the same answer (quirk 6)",
        arguments: [
            "{}", #"{"name":""}"#, #"{"name":null}"#, #"{"name":"none"}"#, #"{"name":".."}"#,
            #"{"name":"custom-documents"}"#,
            #"{"name":"a/b"}"#, #"{"name":"/plans"}"#, #"{"name":"../custom-documents"}"#,
        ])
    func harmless(body: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        for name in ["plans", "a/b"] { _ = try await api.post("/v1/document/create-folder", #"{"name":"\#(name)"}"#) }
        let before = try await api.get("/v1/documents").body
        let answer = try await api.send(.delete, Self.path, body)
        #expect(answer.status == 200)
        #expect(answer.body == Self.done)
        #expect(try await api.get("/v1/documents").body == before)
        #expect(!(try api.events().contains("workspace_documents_removed")))
    }

    @Test("names that cannot be one are refused", arguments: [#"".""#, #""/""#, "5", "true", "[]"])
    func refuse(name: String) async throws {
        let answer = try await APIFixture().send(.delete, Self.path, #"{"name":\#(name)}"#)
        #expect(answer.status == 500)
        #expect(answer.body.hasPrefix(#"{"success":false,"message":"Failed to remove folder: "#))
    }

    @Test("a folder goes with its documents, also from workspaces; one event for each workspace")
    func remove() async throws {
        let api = try APIFixture()
        for name in ["A", "B"] { try await api.workspace(name) }
        _ = try await api.post("/v1/document/create-folder", #"{"name":"plans"}"#)
        for title in ["one", "two"] {
            let from = try await api.document(title, "Delivery is due in June.")
            let to = "plans/\(title).json"
            #expect(
                try await api.post("/v1/document/move-files", #"{"files":[{"from":"\#(from)","to":"\#(to)"}]}"#).status
                    == 200)
            _ = try await api.post("/v1/workspace/a/update-embeddings", #"{"adds":["\#(to)"]}"#)
        }
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":2}"#)
        let answer = try await api.send(.delete, Self.path, #"{"name":"../plans"}"#)
        #expect(answer.body == Self.done)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":0}"#)
        #expect(try await api.get("/v1/documents/folder/plans").status == 404)
        #expect(
            try api.eventRows().suffix(2) == [
                #"workspace_documents_removed {"workspaceName":"A","numberOfDocuments":2}"#,
                #"workspace_documents_removed {"workspaceName":"B","numberOfDocuments":2}"#,
            ])
    }

    @Test("an empty folder goes without an event, nested folders with it")
    func empty() async throws {
        let api = try APIFixture()
        try await api.workspace("A")
        for _ in 1...2 {
            #expect(try await api.post("/v1/document/create-folder", #"{"name":"a/b"}"#).status == 200)
            #expect(try await api.send(.delete, Self.path, #"{"name":"a"}"#).body == Self.done)
            #expect(try await api.get("/v1/documents/folder/a").status == 404)
        }
        #expect(try api.events() == ["api_workspace_created"])
    }
}
