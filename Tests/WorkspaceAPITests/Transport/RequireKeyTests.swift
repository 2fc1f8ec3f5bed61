import HTTPTypes
import Testing

@Suite("Requests that bring no key")
struct RequireKeyTests {
    static let routes: [(HTTPRequest.Method, String)] = [
        (.get, "/v1/auth"), (.post, "/v1/workspace/new"), (.get, "/v1/workspaces"), (.get, "/v1/workspace/ops"),
        (.delete, "/v1/workspace/ops"), (.post, "/v1/workspace/ops/update"),
        (.post, "/v1/workspace/ops/update-embeddings"),
        (.post, "/v1/workspace/ops/update-pin"), (.post, "/v1/workspace/ops/vector-search"),
        (.get, "/v1/workspace/ops/chats"), (.post, "/v1/workspace/ops/chat"), (.post, "/v1/workspace/ops/stream-chat"),
        (.post, "/v1/workspace/ops/thread/new"), (.post, "/v1/workspace/ops/thread/t1/update"),
        (.delete, "/v1/workspace/ops/thread/t1"), (.get, "/v1/workspace/ops/thread/t1/chats"),
        (.post, "/v1/workspace/ops/thread/t1/chat"), (.post, "/v1/workspace/ops/thread/t1/stream-chat"),
        (.post, "/v1/document/raw-text"), (.post, "/v1/document/upload"), (.post, "/v1/document/upload/a"),
        (.get, "/v1/documents"), (.get, "/v1/documents/folder/a"), (.get, "/v1/document/accepted-file-types"),
        (.get, "/v1/document/metadata-schema"), (.get, "/v1/document/a.json"), (.post, "/v1/document/create-folder"),
        (.delete, "/v1/document/remove-folder"), (.post, "/v1/document/move-files"), (.get, "/v1/system/vector-count"),
        (.delete, "/v1/system/remove-documents"),
    ]

    @Test("are refused before anything is looked at", arguments: routes)
    func refuse(method: HTTPRequest.Method, path: String) async throws {
        let api = try APIFixture()
        for keyID in [nil, ""] {
            let answer = try await api.send(method, path, "{", keyID: keyID)
            #expect(answer.status == 403)
            #expect(answer.body == #"{"error":"No valid api key found."}"#)
        }
        #expect(try await api.send(method, path, "{}").status != 403)
    }
}
