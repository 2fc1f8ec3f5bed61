import OrderedJSON
import Testing

@Suite("POST /v1/vector-search")
struct SearchWorkspacesTests {
    private static let path = "/v1/vector-search"

    private func library() async throws -> APIFixture {
        let api = try APIFixture()
        for (name, word) in [("Ops", "pump"), ("Law", "treaty"), ("Art", "canvas")] {
            try await api.workspace(name)
            for number in 1...3 {
                try await api.document(
                    "\(name)\(number)", "delivery june \(word) number\(number)", workspaces: name.lowercased())
            }
        }
        try await api.workspace("Empty")
        return api
    }

    @Test("several workspaces are searched as one, and results say where they come from")
    func merge() async throws {
        let api = try await library()
        let answer = try await api.post(
            Self.path, #"{"workspaces":["ops","law","ops","empty"],"query":"delivery june treaty","scoreThreshold":0}"#)
        let results = try #require(try answer.json()["results"]?.arrayValue)
        #expect(results.count == 4)
        #expect(results.prefix(3).allSatisfy { $0["workspace"] == "law" })
        #expect(results[3]["workspace"] == "ops")
        #expect(
            results[0].objectValue?.keys == ["id", "text", "metadata", "distance", "score", "workspace"])
        let scores = results.compactMap { $0["score"]?.numberValue }
        #expect(scores == scores.sorted(by: >))
    }

    @Test("one workspace answers as its own endpoint does", arguments: ["normal", "hybrid", "rerank", "lexical"])
    func single(mode: String) async throws {
        let api = try await library()
        let search = #""query":"delivery number2 pump","topN":3,"scoreThreshold":0.1,"mode":"\#(mode)""#
        let own = try await api.post("/v1/workspace/ops/vector-search", "{\(search)}").json()
        let one = try await api.post(Self.path, #"{"workspaces":["ops"],\#(search)}"#).json()
        let stripped = one["results"]?.arrayValue?.map { result -> JSONValue in
            var object = result.objectValue ?? [:]
            object["workspace"] = nil
            return .object(object)
        }
        #expect(stripped?.isEmpty == false)
        #expect(own["results"] == stripped.map { .array($0) })
    }

    @Test("hybrid search fuses the rankings over all workspaces, not one after the other")
    func hybrid() async throws {
        let api = try await library()
        let answer = try await api.post(
            Self.path, #"{"workspaces":["ops","law","art"],"query":"canvas number2","mode":"hybrid","topN":2}"#)
        let results = try #require(try answer.json()["results"]?.arrayValue)
        #expect(results.first?["metadata"]?["title"] == "art2.txt")
        #expect(results.first?["workspace"] == "art")
    }

    @Test("what the body leaves open is the default, whatever the workspaces' settings")
    func defaults() async throws {
        let api = try await library()
        for slug in ["ops", "law"] {
            _ = try await api.post("/v1/workspace/\(slug)/update", #"{"topN":1,"vectorSearchMode":"hybrid"}"#)
        }
        let answer = try await api.post(
            Self.path, #"{"workspaces":["ops","law"],"query":"delivery june","scoreThreshold":0}"#)
        #expect(try answer.json()["results"]?.arrayValue?.count == 4)
        #expect(!answer.body.contains("lexicalScore"))
    }

    static let refusals: [APICase] =
        [
            "{}", #""workspaces":null"#, #""workspaces":"ops""#, #""workspaces":[]"#, #""workspaces":[1]"#,
            #""workspaces":["ops",null]"#, #""workspaces":{"0":"ops"}"#,
            #""workspaces":[\#(Array(repeating: #""ops""#, count: 101).joined(separator: ","))]"#,
        ].map {
            APICase(
                name: String($0.prefix(40)), path: path, body: $0 == "{}" ? $0 : #"{"query":"x",\#($0)}"#, status: 400,
                exactly: #"{"message":"workspaces must be a list of 1 to 100 workspace slugs."}"#)
        } + [
            APICase(
                name: "unknown", path: path, body: #"{"workspaces":["ops","none"],"query":"x"}"#, status: 400,
                exactly: #"{"message":"Workspace none is not a valid workspace."}"#),
            APICase(
                name: "no query", path: path, body: #"{"workspaces":["ops"]}"#, status: 400,
                exactly: #"{"message":"Query parameter cannot be empty."}"#),
            APICase(
                name: "nothing embedded", path: path, body: #"{"workspaces":["ops"],"query":"x"}"#, status: 200,
                exactly: #"{"results":[],"message":"No embeddings found for these workspaces."}"#),
        ]

    @Test("what is no list of workspaces is refused", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await refusal.check(api)
    }
}
