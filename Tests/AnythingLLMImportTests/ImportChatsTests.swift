import Storage
import Testing

@testable import Workspaces

@Suite("Importing chats")
struct ImportChatsTests {
    private func chats(_ fixture: ImportFixture, workspace: Int64 = 1) throws -> [ChatRecord] {
        try fixture.database.read { try $0.chats(workspaceId: workspace, limit: 10_000, descending: false) }
    }

    @Test("keeps the stored answer byte by byte, sessions, flags, scores, dates and ids")
    func keepsAll() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        let answer = #"{ "text": "ü 😀", "sources": [{"id":"x"}], "type":"query", "own": [1.50] }"#
        try storage.chat(10, workspace: 1, ["response": answer, "feedbackScore": 1])
        try storage.chat(11, workspace: 1, ["include": 0])
        try storage.chat(12, workspace: 1, ["api_session_id": "s-1"])
        try storage.chat(13, workspace: 1, ["createdAt": "2024-02-29 12:30:01"])
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let shown = try chats(fixture)
        #expect(shown.map(\.id) == [10, 13])
        #expect(shown[0].response == answer && shown[0].feedbackScore == true && shown[0].prompt == "Question 10")
        #expect(shown[0].createdAt == 1_700_000_000_010 && shown[1].createdAt == 1_709_209_801_000)
        #expect(shown[1].feedbackScore == nil)
        let session = try fixture.database.read {
            try $0.chats(workspaceId: 1, session: "s-1", limit: 9, descending: false)
        }
        #expect(session.map(\.id) == [12])
        #expect(report.chats == .init(found: 4, imported: 4))
        #expect(try await fixture.run(storage).chats == .init(found: 4, present: 4))
        try storage.chat(20, workspace: 1)
        #expect(try await fixture.run(storage).chats == .init(found: 5, imported: 1, present: 4))
        #expect(try chats(fixture).map(\.id) == [10, 20, 13])
    }

    @Test("more than one transaction's worth of them arrives whole and in order")
    func batches() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        try storage.chats(1...1_234, workspace: 1)
        let fixture = try ImportFixture()
        try await fixture.run(storage)
        #expect(try chats(fixture).map(\.prompt) == (1...1_234).map { "Question \($0)" })
    }

    @Test("of a thread that is missing or another workspace's go into a thread made for them")
    func lostThreads() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        try storage.workspace(2, "v")
        try storage.insert("workspace_threads", ["id": 3, "name": "T", "slug": "t", "workspace_id": 1])
        try storage.chat(1, workspace: 1, ["thread_id": 3])
        try storage.chat(2, workspace: 1, ["thread_id": 77])
        try storage.chat(3, workspace: 1, ["thread_id": 77])
        try storage.chat(4, workspace: 2, ["thread_id": 3])
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let threads = try fixture.database.read { try $0.threads() }
        #expect(threads.map(\.name) == ["T", "Recovered thread 77", "Recovered thread 3"])
        #expect(threads.map(\.workspaceId) == [1, 1, 2])
        let held = try fixture.database.read { transaction in
            try threads.map { try transaction.chats(workspaceId: $0.workspaceId, threadId: $0.id ?? 0).map(\.id) }
        }
        #expect(held == [[1], [2, 3], [4]])
        #expect(report.reasons["chat of a thread that does not exist: put into a recovered thread"] == 3)
        try storage.chat(5, workspace: 1, ["thread_id": 77])
        try await fixture.run(storage)
        #expect(try fixture.database.read { try $0.threads() }.count == 3)
    }

    @Test("of workspaces that do not exist are left out and counted")
    func orphans() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        try storage.chat(1, workspace: 1)
        try storage.chat(2, workspace: 50)
        try storage.insert("workspace_threads", ["name": "T", "slug": "t", "workspace_id": 50])
        try storage.link(1, workspace: 50, "custom-documents/a.json")
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(report.chats == .init(found: 2, imported: 1) && report.chats.left == 1)
        #expect(report.threads.left == 1 && report.placements.left == 1)
        #expect(
            report.reasons == [
                "chat of a workspace that does not exist": 1, "thread of a workspace that does not exist": 1,
                "document of a workspace that does not exist": 1,
            ])
    }

    @Test("whose answer is no JSON are kept as they are, and counted")
    func noJSON() async throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        try storage.chat(1, workspace: 1, ["response": "not { json"])
        try storage.chat(2, workspace: 1, ["response": "{}"])
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(try chats(fixture).map(\.response) == ["not { json", "{}"])
        #expect(report.reasons == ["chat whose answer is no JSON: taken, but not shown": 1])
    }

    @Test("keep their users only in multi-user mode and only users that exist")
    func users() async throws {
        for isMulti in [false, true] {
            let storage = try ForeignStorage()
            try storage.workspace(1, "w")
            try storage.insert("users", ["id": 4, "username": "ann", "password": "hash-of-a-password"])
            try storage.insert("system_settings", ["label": "multi_user_mode", "value": isMulti ? "true" : "TRUE"])
            try storage.insert("workspace_threads", ["name": "T", "slug": "t", "workspace_id": 1, "user_id": 4])
            try storage.chat(1, workspace: 1, ["user_id": 4])
            try storage.chat(2, workspace: 1, ["user_id": 99])
            try storage.chat(3, workspace: 1)
            let fixture = try ImportFixture()
            let report = try await fixture.run(storage)
            #expect(try chats(fixture).map(\.userId) == [isMulti ? 4 : nil, nil, nil])
            #expect(try fixture.database.read { try $0.threads() }.map(\.userId) == [isMulti ? 4 : nil])
            #expect(report.notes.contains { $0.contains("1 users") } == isMulti)
            #expect(!"\(report)".contains("hash-of-a-password"))
        }
    }
}
