import OrderedJSON
import Testing

@Suite("History page by page")
struct ChatPagesTests {
    /// Seven exchanges outside, in the session `s` and in the thread `t1` each; some at the same millisecond.
    private func conversations() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        for number in 1...7 {
            try api.storeExchange(
                prompt: "m\(number)", response: #"{"text":"a"}"#, createdAt: [5, 5, 6, 5, 9, 7, 7][number - 1])
            for (path, session) in [("", #","sessionId":"s""#), ("/thread/t1", "")] {
                _ = try await api.post("/v1/workspace/ops\(path)/chat", #"{"message":"m\#(number)"\#(session)}"#)
            }
        }
        return api
    }

    private func prompts(_ page: JSONValue) -> [String] {
        (page["history"]?.arrayValue ?? []).filter { $0["role"] == "user" }.compactMap { $0["content"]?.stringValue }
    }

    static let listings: [(String, [String])] = [
        ("chats?cursor=", ["m1", "m2", "m4", "m3", "m6", "m7", "m5"]),
        ("chats?orderBy=desc&cursor=", ["m5", "m7", "m6", "m3", "m4", "m2", "m1"]),
        ("chats?apiSessionId=s&cursor=", ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]),
        ("thread/t1/chats?cursor=", ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]),
        ("thread/t1/chats?orderBy=desc&cursor=", ["m7", "m6", "m5", "m4", "m3", "m2", "m1"]),
    ]

    @Test("pages of any size join to the whole listing", arguments: listings)
    func join(path: String, expected: [String]) async throws {
        let api = try await conversations()
        for limit in 1...8 {
            var (cursor, found) = ("", [String]())
            for page in 1... {
                let answer = try await api.get("/v1/workspace/ops/\(path)\(cursor)&limit=\(limit)").json()
                #expect(answer.objectValue?.keys == ["history", "nextCursor"])
                #expect(prompts(answer).count <= limit)
                found += prompts(answer)
                guard let next = answer["nextCursor"]?.stringValue else {
                    #expect(page == (7 + limit - 1) / limit)
                    break
                }
                cursor = next
            }
            #expect(found == expected, "limit \(limit)")
        }
    }

    @Test("what is added and deleted between two pages moves neither")
    func changes() async throws {
        let api = try await conversations()
        let path = "/v1/workspace/ops/thread/t1/chats?limit=3&orderBy=desc&cursor="
        let first = try await api.get(path).json()
        #expect(prompts(first) == ["m7", "m6", "m5"])
        _ = try await api.post("/v1/workspace/ops/thread/t1/chat", #"{"message":"m8"}"#)
        let next = try #require(first["nextCursor"]?.stringValue)
        #expect(prompts(try await api.get(path + next).json()) == ["m4", "m3", "m2"])
    }

    @Test("rows that cannot be read count for the page but are not shown")
    func damaged() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for (number, response) in ["{", #"{"text":"a"}"#, "{"].enumerated() {
            try api.storeExchange(prompt: "m\(number)", response: response, createdAt: Int64(number))
        }
        let page = try await api.get("/v1/workspace/ops/chats?cursor=&limit=2").json()
        #expect(prompts(page) == ["m1"])
        let next = try #require(page["nextCursor"]?.stringValue)
        let last = try await api.get("/v1/workspace/ops/chats?limit=2&cursor=" + next)
        #expect(last.body == #"{"history":[],"nextCursor":null}"#)
    }

    static let cursors = ["5", "5.", ".5", "5.5.5", "a.b", "5.99999999999999999999", " 5.5", "-", "x"]

    @Test("a cursor that no answer had is refused", arguments: cursors)
    func badCursor(cursor: String) async throws {
        let api = try await conversations()
        for path in ["chats", "thread/t1/chats"] {
            let answer = try await api.get("/v1/workspace/ops/\(path)?cursor=\(cursor.replacing(" ", with: "%20"))")
            #expect(answer.status == 400)
            #expect(RefusalShape.error.fits(answer))
        }
    }

    @Test("a page has at most 1000 rows")
    func largePage() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for number in 0..<1001 { try api.storeExchange(response: #"{"text":"a"}"#, createdAt: Int64(number)) }
        let page = try await api.get("/v1/workspace/ops/chats?cursor=&limit=5000").json()
        #expect(prompts(page).count == 1000)
        #expect(try await api.contents("/v1/workspace/ops/chats?limit=5000").count == 2002)
    }
}
