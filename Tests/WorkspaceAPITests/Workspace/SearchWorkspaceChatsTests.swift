import Foundation
import HTTPTypes
import OrderedJSON
import Testing

@Suite("GET /v1/workspace/:slug/chats/search")
struct SearchWorkspaceChatsTests {
    private static let path = "/v1/workspace/ops/chats/search"

    private func api() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Lab")
        return api
    }

    private func store(_ api: APIFixture, _ prompt: String, _ text: String) throws {
        try api.storeExchange(
            prompt: prompt, response: #"{"text":\#(JSONValue(text).text),"sources":[{"text":"unsearched"}]}"#,
            createdAt: 1_772_622_000_999)
    }

    private func found(_ api: APIFixture, _ q: String, _ rest: String = "") async throws -> [String] {
        let escaped = try #require(q.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let answer = try await api.get("\(Self.path)?q=\(escaped)\(rest)")
        #expect(answer.status == 200, "\(q): \(answer.body)")
        return try answer.json()["results"]?.arrayValue?.compactMap { $0["prompt"]?.stringValue } ?? []
    }

    /// Query and what is found of `café opens`/`At nine o'clock.` and `MÜLLER`/`NEAR the pier AND the "mole"`.
    static let queries: [(String, [String])] = [
        ("cafe", ["café opens"]), ("CAFÉ", ["café opens"]), ("nine", ["café opens"]), ("open", ["café opens"]),
        ("pens", []), ("nine cafe", ["café opens"]), ("nine pier", []), ("muller", ["MÜLLER"]), ("müll", ["MÜLLER"]),
        ("unsearched", []), ("text", []), ("mole", ["MÜLLER"]), ("\"mole\"", ["MÜLLER"]), ("o'clock", ["café opens"]),
        ("near and", ["MÜLLER"]), ("  nine  ", ["café opens"]), ("\t\u{2003}nine", ["café opens"]),
    ]

    @Test("every word must begin a word of prompt or answer, in any case and with or without marks", arguments: queries)
    func words(query: String, prompts: [String]) async throws {
        let api = try await api()
        try store(api, "café opens", "At nine o'clock.")
        try store(api, "MÜLLER", #"NEAR the pier AND the "mole""#)
        #expect(try await found(api, query) == prompts)
    }

    /// Texts that mean something in FTS5 or in SQL.
    static let hostile = [
        "NEAR(pier mole)", "pier OR nine", "NOT pier", "prompt:pier", "{prompt answer}:pier", "^pier", "pier*", "\"",
        "\"\"",
        "\"pier", "pier\"", "-pier", "+pier", "(pier", "pier)", "'", "';DROP TABLE chats;--", "pier + mole", "*", "\\",
        "pier AND", "AND", "\u{0}pier", "a\u{301}", "😀", "rowid:1", "chatSearch", "answer : pier",
    ]

    @Test("user text is words, never syntax", arguments: hostile)
    func syntax(query: String) async throws {
        let api = try await api()
        try store(api, "pier", "mole")
        _ = try await found(api, query)
        #expect(try await found(api, "pier") == ["pier"])
    }

    @Test("results say where the exchange is")
    func keys() async throws {
        let api = try await api()
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        for (path, session) in [("", ""), ("", #","sessionId":"s""#), ("/thread/t1", "")] {
            _ = try await api.post("/v1/workspace/ops\(path)/chat", #"{"message":"the pier"\#(session)}"#)
        }
        _ = try await api.post("/v1/workspace/lab/chat", #"{"message":"the pier"}"#)
        let results = try await api.get(Self.path + "?q=pier").json()["results"]?.arrayValue ?? []
        #expect(results.map { $0["threadSlug"]?.stringValue } == ["t1", nil, nil])
        #expect(results.map { $0["apiSessionId"]?.stringValue } == [nil, "s", nil])
        #expect(results.map { $0["chatId"]?.integerValue } == [3, 2, 1])
        #expect(results.allSatisfy { $0["sentAt"] == 1_772_622_000 && ($0["score"]?.numberValue ?? 0) > 0 })
        let keys = ["chatId", "threadSlug", "apiSessionId", "sentAt", "prompt", "excerpt", "score"]
        #expect(results.allSatisfy { $0.objectValue?.keys == keys })
    }

    @Test("the excerpt is around the words; the best match comes first")
    func excerpt() async throws {
        let api = try await api()
        let filler = String(repeating: "water ", count: 200)
        try store(api, "one", filler + "pier" + " stone" + filler)
        try store(api, "two", "pier pier pier")
        let results = try await api.get(Self.path + "?q=pier").json()["results"]?.arrayValue ?? []
        #expect(results.map { $0["prompt"] } == ["two", "one"])
        let excerpt = try #require(results.last?["excerpt"]?.stringValue)
        #expect(excerpt.contains("pier stone"))
        #expect(excerpt.utf8.count < 400)
    }

    @Test(
        "limit counts results",
        arguments: [("", 20), ("&limit=3", 3), ("&limit=0", 1), ("&limit=x", 20), ("&limit=99", 25)])
    func limit(query: String, count: Int) async throws {
        let api = try await api()
        for number in 0..<25 { try store(api, "pier \(number)", "a") }
        #expect(try await found(api, "pier", query).count == count)
    }

    @Test("what is added, hidden and deleted is noticed, also among more rows than are indexed at once")
    func changes() async throws {
        let api = try await api()
        #expect(try await found(api, "pier").isEmpty)
        for number in 0..<450 { try store(api, "pier \(number)", "stone") }
        #expect(try await found(api, "pier", "&limit=1000").count == 450)
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"pier in session","sessionId":"s"}"#)
        #expect(try await found(api, "session") == ["pier in session"])
        _ = try await api.post("/v1/workspace/ops/chat", #"{"reset":true,"sessionId":"s"}"#)
        #expect(try await found(api, "session").isEmpty)
        _ = try await api.send(.delete, "/v1/workspace/ops/chats?before=2026-03-05")
        #expect(try await found(api, "pier").isEmpty)
        try store(api, "pier", "again")
        #expect(try await found(api, "pier") == ["pier"])
    }

    @Test(
        "rows that cannot be read are found by their prompt and do no harm",
        arguments: ["{", "null", "5", #"{"text":[1]}"#])
    func damaged(response: String) async throws {
        let api = try await api()
        try api.storeExchange(prompt: "pier", response: response, createdAt: 0)
        #expect(try await found(api, "pier") == ["pier"])
        _ = try await api.send(.delete, "/v1/workspace/ops/chats?since=1970-01-01")
        #expect(try await found(api, "pier").isEmpty)
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", method: .get, path: "/v1/workspace/none/chats/search?q=a", status: 404,
            exactly: #"{"message":"Workspace not found"}"#),
        APICase(name: "no text", method: .get, path: path, status: 400, containing: [#"{"message":"q must"#]),
        APICase(
            name: "empty text", method: .get, path: path + "?q=", status: 400, containing: [#"{"message":"q must"#]),
        APICase(
            name: "long text", method: .get, path: path + "?q=" + String(repeating: "a", count: 1001), status: 400,
            containing: [#"{"message":"q must"#]),
        APICase(
            name: "1000 words", method: .get, path: path + "?q=" + String(repeating: "a+", count: 500), status: 200,
            exactly: #"{"results":[]}"#),
    ]

    @Test("bounds", arguments: refusals)
    func refuse(refusal: APICase) async throws { try await refusal.check(try await api()) }
}
