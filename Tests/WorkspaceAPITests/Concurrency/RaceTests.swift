import HTTPTypes
import OrderedJSON
import TestSupport
import Testing

@Suite("Clients that change the same things at once", .timeLimit(.minutes(1)))
struct RaceTests {
    /// A request of a race.
    struct Request: Sendable {
        var method = HTTPRequest.Method.post
        let path: String
        var body = ""
    }

    /// A workspace `ops`, a folder `plans`, and documents `plans/0.json` to `plans/5.json` on a database on the disk.
    private func fixture() async throws -> APIFixture {
        let api = try APIFixture(storage: TemporaryDirectory())
        try await api.workspace("Ops")
        for folder in ["plans", "other"] {
            _ = try await api.post("/v1/document/create-folder", #"{"name":"\#(folder)"}"#)
        }
        for number in 0..<6 {
            let from = try await api.document("d\(number)", "Delivery number \(number).")
            _ = try await api.post(
                "/v1/document/move-files", #"{"files":[{"from":"\#(from)","to":"plans/\#(number).json"}]}"#)
        }
        return api
    }

    /// Each list is sent by one client in its order, all clients at once.
    ///
    /// - Returns: the statuses of each client's answers.
    private func race(_ api: APIFixture, _ clients: [[Request]]) async throws -> [[Int]] {
        try await withThrowingTaskGroup(of: (Int, [Int]).self) { group in
            for (number, requests) in clients.enumerated() {
                group.addTask {
                    var statuses: [Int] = []
                    for request in requests {
                        statuses.append(try await api.send(request.method, request.path, request.body).status)
                    }
                    return (number, statuses)
                }
            }
            return try await group.reduce(into: Array(repeating: [], count: clients.count)) { $0[$1.0] = $1.1 }
        }
    }

    @Test("one of those who want a thread slug gets it")
    func threadSlug() async throws {
        let api = try await fixture()
        for round in 0..<5 {
            let request = Request(path: "/v1/workspace/ops/thread/new", body: #"{"slug":"same-\#(round)"}"#)
            let statuses = try await race(api, Array(repeating: [request], count: 8)).flatMap { $0 }
            #expect(statuses.sorted() == [200] + Array(repeating: 400, count: 7))
        }
        #expect(try api.events().filter { $0 == "api_workspace_thread_created" }.count == 5)
    }

    @Test("all who want a workspace of one name get one, each with a slug of its own")
    func workspaceName() async throws {
        let api = try await fixture()
        let request = Request(path: "/v1/workspace/new", body: #"{"name":"Same"}"#)
        let statuses = try await race(api, Array(repeating: [request, request], count: 8)).flatMap { $0 }
        #expect(statuses == Array(repeating: 200, count: 16))
        let slugs = try await api.get("/v1/workspaces").json()["workspaces"]?.arrayValue?.map {
            $0["slug"]?.stringValue
        }
        #expect(slugs?.count == 17)
        #expect(Set(slugs ?? []).count == 17)
    }

    @Test("the same documents added and deleted: rows, chunks and search agree")
    func addsAndDeletes() async throws {
        let api = try await fixture()
        let path = "/v1/workspace/ops/update-embeddings"
        func requests(_ client: Int) -> [Request] {
            (0..<20).map { round in
                let (added, deleted) = ((round + client) % 6, (round * 5 + client) % 6)
                return Request(
                    path: path, body: #"{"adds":["plans/\#(added).json"],"deletes":["plans/\#(deleted).json"]}"#)
            }
        }
        let statuses = try await race(api, (0..<4).map(requests))
        #expect(statuses.allSatisfy { $0 == Array(repeating: 200, count: 20) })
        try await Agreement.check(api)
        let all = #"{"adds":[\#((0..<6).map { #""plans/\#($0).json""# }.joined(separator: ","))]}"#
        #expect(try await api.post(path, all).status == 200)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":6}"#)
        try await Agreement.check(api)
    }

    @Test("a workspace that is deleted while others use it: their refusals are the endpoint's own")
    func deletedWorkspace() async throws {
        let api = try await fixture()
        for _ in 0..<5 {
            _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
            let users: [[Request]] = [
                [
                    Request(
                        path: "/v1/workspace/ops/update-embeddings", body: #"{"adds":["plans/0.json","plans/1.json"]}"#),
                    Request(path: "/v1/workspace/ops/vector-search", body: #"{"query":"delivery"}"#),
                    Request(
                        path: "/v1/workspace/ops/update-pin", body: #"{"docPath":"plans/0.json","pinStatus":true}"#),
                ],
                [
                    Request(path: "/v1/workspace/ops/chat", body: #"{"message":"delivery"}"#),
                    Request(path: "/v1/workspace/ops/thread/t1/chat", body: #"{"message":"delivery"}"#),
                    Request(path: "/v1/workspace/ops/update", body: #"{"topN":7}"#),
                    Request(path: "/v1/workspace/ops/thread/new", body: #"{}"#),
                ],
                [
                    Request(method: .get, path: "/v1/workspace/ops"), Request(method: .get, path: "/v1/workspaces"),
                    Request(method: .get, path: "/v1/workspace/ops/chats"),
                    Request(path: "/v1/workspace/ops/stream-chat", body: #"{"message":"delivery"}"#),
                    Request(method: .get, path: "/v1/workspace/ops/thread/t1/chats"),
                ],
                [Request(method: .delete, path: "/v1/workspace/ops")],
            ]
            let statuses = try await race(api, users)
            #expect(statuses.last == [200])
            #expect(statuses.flatMap { $0 }.allSatisfy { [200, 400, 404].contains($0) }, "\(statuses)")
            #expect(try await api.get("/v1/workspaces").body == #"{"workspaces":[]}"#)
            #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":0}"#)
            #expect(try await api.workspace("Ops") == "ops")
            #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["threads"] == [])
            try await Agreement.check(api)
        }
    }

    @Test("remove-folder against move-files and update-embeddings: every document is in one place or gone")
    func removeAgainstMove() async throws {
        let api = try await fixture()
        let clients: [[Request]] = [
            (0..<6).map {
                Request(
                    path: "/v1/document/move-files",
                    body: #"{"files":[{"from":"plans/\#($0).json","to":"other/\#($0).json"}]}"#)
            },
            (0..<6).reversed().map {
                Request(path: "/v1/workspace/ops/update-embeddings", body: #"{"adds":["plans/\#($0).json"]}"#)
            },
            [Request(method: .delete, path: "/v1/document/remove-folder", body: #"{"name":"plans"}"#)],
            [Request(method: .delete, path: "/v1/system/remove-documents", body: #"{"names":["plans/3.json"]}"#)],
        ]
        let statuses = try await race(api, clients)
        // A file or folder that is gone is 500 for move-files (contract/documents.md 5.9).
        #expect(statuses[0].allSatisfy { [200, 500].contains($0) })
        #expect(statuses.dropFirst().flatMap { $0 }.allSatisfy { $0 == 200 })
        #expect(try await api.get("/v1/documents/folder/plans").status == 404)
        let moved = try await api.get("/v1/documents/folder/other").json()["documents"]?.arrayValue ?? []
        let numbers = moved.compactMap { $0["name"]?.stringValue?.first?.wholeNumberValue }
        #expect(numbers.count == moved.count)
        #expect(numbers.allSatisfy { statuses[0][$0] == 200 })
        // What was in the workspace was not moved, and went with the folder.
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"] == [])
        try await Agreement.check(api)
    }

    @Test("documents removed by several clients at once are gone, without an error")
    func removals() async throws {
        let api = try await fixture()
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/0.json","plans/1.json"]}"#)
        let names = (0..<6).map { #""plans/\#($0).json""# }.joined(separator: ",")
        let removal = Request(method: .delete, path: "/v1/system/remove-documents", body: #"{"names":[\#(names)]}"#)
        let statuses = try await race(api, Array(repeating: [removal, removal], count: 4))
        #expect(statuses.flatMap { $0 } == Array(repeating: 200, count: 8))
        #expect(try await api.get("/v1/documents/folder/plans").json()["totalCount"] == 0)
        try await Agreement.check(api)
    }

    @Test("settings changed by two clients are those of one of them")
    func settings() async throws {
        let api = try await fixture()
        let clients = (1...2).map { client in
            (0..<20).map { _ in
                Request(
                    path: "/v1/workspace/ops/update",
                    body: #"{"name":"n\#(client)","topN":\#(client),"chatModel":"m\#(client)"}"#)
            }
        }
        #expect(try await race(api, clients).flatMap { $0 }.allSatisfy { $0 == 200 })
        let read = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]
        let last = read?["topN"]?.integerValue ?? 0
        #expect([1, 2].contains(last))
        #expect(read?["name"] == .string("n\(last)"))
        #expect(read?["chatModel"] == .string("m\(last)"))
    }

    @Test("chats and resets at once: every chat is stored, each one shown or hidden")
    func resets() async throws {
        let api = try await fixture()
        let chat = Request(path: "/v1/workspace/ops/chat", body: #"{"message":"hi","sessionId":"s"}"#)
        let reset = Request(path: "/v1/workspace/ops/stream-chat", body: #"{"reset":true,"sessionId":"s"}"#)
        let statuses = try await race(
            api, Array(repeating: Array(repeating: chat, count: 5), count: 3) + [[reset, reset]])
        #expect(statuses.flatMap { $0 }.allSatisfy { $0 == 200 })
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s").count == 30)
        #expect(try api.events().filter { $0 == "api_sent_chat" }.count == 17)
    }
}
