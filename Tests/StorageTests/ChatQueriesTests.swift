import Testing

@testable import Storage

@Suite("Chats of a conversation")
struct ChatQueriesTests {
    private let database: CarrelDatabase
    private let workspace: Int64
    private let thread: Int64

    init() throws {
        database = try CarrelDatabase()
        (workspace, thread) = try database.write { transaction in
            var workspace = WorkspaceRecord(name: "w", slug: "w", createdAt: 1)
            try transaction.insert(&workspace)
            var thread = ThreadRecord(name: "t", slug: "t", workspaceId: workspace.id ?? 0, userId: nil, createdAt: 1)
            try transaction.insert(&thread)
            return (workspace.id ?? 0, thread.id ?? 0)
        }
    }

    private func add(_ prompt: String, thread: Int64? = nil, session: String? = nil, include: Bool = true) throws {
        var chat = ChatRecord(
            workspaceId: workspace, prompt: prompt, response: "{}", include: include, userId: nil, threadId: thread,
            apiSessionId: session, createdAt: 5)
        try database.write { try $0.insert(&chat) }
    }

    private func history(_ scope: ChatScope, _ limit: Int = 20) throws -> [String] {
        try database.read { try $0.history(scope, limit: limit) }.map(\.prompt)
    }

    @Test("history holds the newest rows of exactly one thread and session, oldest first, without hidden ones")
    func history() throws {
        for prompt in ["a", "b", "c"] { try add(prompt) }
        try add("t", thread: thread)
        try add("s", session: "s")
        try add("hidden", include: false)
        #expect(try history(ChatScope(workspaceId: workspace)) == ["a", "b", "c"])
        #expect(try history(ChatScope(workspaceId: workspace), 2) == ["b", "c"])
        #expect(try history(ChatScope(workspaceId: workspace, threadId: thread)) == ["t"])
        #expect(try history(ChatScope(workspaceId: workspace, apiSessionId: "s")) == ["s"])
        #expect(try history(ChatScope(workspaceId: workspace, userId: 3)).isEmpty)
    }

    @Test("a reset of the workspace leaves threads and sessions alone")
    func hide() throws {
        try add("a")
        try add("t", thread: thread)
        try add("s", session: "s")
        try database.write { try $0.hideChats(ChatScope(workspaceId: workspace)) }
        #expect(try history(ChatScope(workspaceId: workspace)).isEmpty)
        #expect(try history(ChatScope(workspaceId: workspace, threadId: thread)) == ["t"])
        #expect(try history(ChatScope(workspaceId: workspace, apiSessionId: "s")) == ["s"])
    }

    @Test("listings are cut from their start in the wanted direction")
    func listings() throws {
        for prompt in ["a", "b", "c"] { try add(prompt) }
        try add("hidden", session: "s", include: false)
        try database.read { (transaction: Transaction) throws in
            let up = try transaction.chats(workspaceId: workspace, limit: 2, descending: false)
            let down = try transaction.chats(workspaceId: workspace, limit: 2, descending: true)
            let session = try transaction.chats(workspaceId: workspace, session: "s", limit: 9, descending: false)
            #expect(up.map(\.prompt) == ["a", "b"])
            #expect(down.map(\.prompt) == ["c", "b"])
            #expect(session.map(\.prompt) == ["hidden"])
        }
    }
}
