import HTTPTypes
import OrderedJSON
import Testing

@Suite("DELETE /v1/system/remove-documents")
struct DeleteDocumentsTests {
    private static let path = "/v1/system/remove-documents"

    static let refusals = [
        "{}", "[]", #"{"names":null}"#, #"{"names":"a.b"}"#, #"{"names":"a/b"}"#, #"{"names":5}"#, #"{"names":{}}"#,
    ]

    @Test("what is no list of names is a plain 500", arguments: refusals)
    func refuse(body: String) async throws {
        let answer = try await APIFixture().send(.delete, Self.path, body)
        #expect(answer.status == 500)
        #expect(answer.body == "Internal Server Error")
    }

    @Test(
        "a name that cannot be one ends the removal; names before it are gone",
        arguments: ["5", "null", #"".""#, #""/""#])
    func badName(name: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let before = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let after = try await api.document("prices", "Prices rise in May.", workspaces: "ops")
        let answer = try await api.send(.delete, Self.path, #"{"names":["\#(before)",\#(name),"\#(after)"]}"#)
        #expect(answer.status == 500)
        #expect(answer.body == "Internal Server Error")
        let documents = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?.arrayValue
        #expect(documents?.map { $0["docpath"] } == [.string(after)])
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
        #expect(try api.events().filter { $0 == "workspace_documents_removed" }.count == 1)
    }

    /// Names and how many of them are logged, once for each of two workspaces.
    static let harmless: [(String, Int)] = [
        ("[]", 0), (#"[""]"#, 0), (#"[".."]"#, 0), (#"["custom-documents/none.json"]"#, 1), (#"["../../x.json"]"#, 1),
        (#"["/custom-documents/x.json","a"]"#, 2), (#"["custom-documents"]"#, 1), (#""abc""#, 3), (#""""#, 0),
    ]

    @Test("unknown names are no error, and are logged for every workspace", arguments: harmless)
    func unknown(names: String, logged: Int) async throws {
        let api = try APIFixture()
        for name in ["A", "B"] { try await api.workspace(name) }
        try await api.document("supply", "Delivery is due in June.", workspaces: "a")
        let answer = try await api.send(.delete, Self.path, #"{"names":\#(names)}"#)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"success":true,"message":"Documents removed successfully"}"#)
        let rows = try api.eventRows().filter { $0.hasPrefix("workspace_documents_removed") }
        #expect(rows.count == 2 * logged)
        #expect(rows.allSatisfy { $0.hasSuffix(#""numberOfDocuments":1}"#) })
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
    }

    @Test("a document goes from the library and from every workspace, with its vectors")
    func remove() async throws {
        let api = try APIFixture()
        for name in ["A", "B"] { try await api.workspace(name) }
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "a,b")
        #expect(try await api.send(.delete, Self.path, #"{"names":["./\#(docpath)"]}"#).status == 200)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":0}"#)
        #expect(try await api.get("/v1/document/" + docpath.dropFirst("custom-documents/".count)).status == 404)
        for slug in ["a", "b"] {
            #expect(try await api.get("/v1/workspace/\(slug)").json()["workspace"]?[0]?["documents"] == [])
            let hits = try await api.post("/v1/workspace/\(slug)/vector-search", #"{"query":"delivery"}"#).json()
            #expect(hits["message"] == "No embeddings found for this workspace.")
        }
    }
}
