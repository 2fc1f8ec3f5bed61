import Hummingbird
import OrderedJSON
import Testing

@testable import WorkspaceAPI

@Suite("Kept answers")
struct AnswerCacheTests {
    /// Asks the cache for an answer and says whether it had to be built.
    private func isBuilt(_ cache: AnswerCache, _ key: String, _ generation: UInt64, size: Int = 10) async throws -> Bool
    {
        var isBuilt = false
        let response = try await cache.answer(key, generation: generation) {
            isBuilt = true
            return { $0.string(String(repeating: "x", count: size)) }
        }
        #expect(response.body.contentLength == size + 2)
        return isBuilt
    }

    @Test("an answer is built once for each key and generation")
    func keeping() async throws {
        let cache = AnswerCache()
        #expect(try await isBuilt(cache, "a", 1))
        #expect(try await !isBuilt(cache, "a", 1))
        #expect(try await isBuilt(cache, "b", 1))
        #expect(try await isBuilt(cache, "a", 2))
        #expect(try await !isBuilt(cache, "a", 2))
        #expect(try await isBuilt(cache, "b", 2))
    }

    @Test("an answer that was read before a write does not replace a newer one")
    func late() async throws {
        let cache = AnswerCache()
        #expect(try await isBuilt(cache, "a", 2))
        #expect(try await isBuilt(cache, "a", 1))
        #expect(try await !isBuilt(cache, "a", 2))
    }

    @Test("the kept answers stay within their limit, and one above it is not kept")
    func limit() async throws {
        let cache = AnswerCache()
        #expect(try await isBuilt(cache, "large", 1, size: 9 << 20))
        #expect(try await isBuilt(cache, "large", 1, size: 9 << 20))
        #expect(try await isBuilt(cache, "a", 1, size: 5 << 20))
        #expect(try await isBuilt(cache, "b", 1, size: 5 << 20))
        #expect(try await !isBuilt(cache, "b", 1, size: 5 << 20))
        #expect(try await isBuilt(cache, "a", 1, size: 5 << 20))
    }

    @Test("a failure to build is passed on and nothing is kept")
    func failure() async throws {
        struct Failure: Error {}
        let cache = AnswerCache()
        await #expect(throws: Failure.self) { try await cache.answer("a", generation: 1) { throw Failure() } }
        #expect(try await isBuilt(cache, "a", 1))
    }

    @Test("what a request has changed, the next request reads")
    func freshness() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for name in ["first", "second", "third"] {
            _ = try await api.post("/v1/workspace/ops/update", #"{"name":"\#(name)"}"#)
            _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(name)"}"#)
            let workspace = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]
            #expect(workspace?["name"]?.stringValue == name)
            #expect(workspace?["threads"]?.arrayValue?.last?["slug"]?.stringValue == name)
            let listed = try await api.get("/v1/workspaces").json()["workspaces"]?[0]
            #expect(listed?["name"]?.stringValue == name)
        }
        _ = try await api.send(.delete, "/v1/workspace/ops")
        #expect(try await api.get("/v1/workspace/ops").body == #"{"workspace":[]}"#)
    }
}
