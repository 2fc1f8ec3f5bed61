import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/vector-search")
struct VectorSearchTests {
    private static let path = "/v1/workspace/ops/vector-search"

    /// A workspace with six documents of the same words and `topN` 3.
    private func library() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops", #""topN":3,"similarityThreshold":0.2"#)
        for number in 1...6 {
            try await api.document("note\(number)", "delivery june number\(number)", workspaces: "ops")
        }
        return api
    }

    static let refusals: [APICase] =
        [
            APICase(
                name: "unknown workspace", path: "/v1/workspace/none/vector-search", body: #"{"query":"x"}"#,
                status: 400,
                exactly: #"{"message":"Workspace none is not a valid workspace."}"#),
            APICase(
                name: "unknown workspace before the query", path: "/v1/workspace/none/vector-search", body: "{}",
                status: 400,
                exactly: #"{"message":"Workspace none is not a valid workspace."}"#),
        ]
        + [
            "{}", #"{"query":null}"#, #"{"query":""}"#, #"{"query":5}"#, #"{"query":true}"#, #"{"query":["a"]}"#,
            #"{"query":{"length":3}}"#, "[]",
        ].map {
            APICase(
                name: $0, path: path, body: $0, status: 400, exactly: #"{"message":"Query parameter cannot be empty."}"#
            )
        } + [
            APICase(
                name: "nothing embedded", path: path, body: #"{"query":" "}"#, status: 200,
                exactly: #"{"results":[],"message":"No embeddings found for this workspace."}"#)
        ]

    @Test("checks come in the documented order", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await refusal.check(api)
    }

    /// `topN` as sent and the number of results (contract/vectors.md 2.1); the workspace's own is 3.
    static let counts: [(String, Int)] = [
        ("5", 5), (#""5""#, 5), (#""2.9""#, 2), ("[2]", 2), (#""5abc""#, 3), ("{}", 3), ("null", 3), (#""""#, 3),
        ("0", 3),
        ("0.5", 3), ("-1", 3), ("true", 1), ("2.9", 2), ("false", 3), ("[]", 3), ("4294967296", 6), ("1e400", 6),
        (#""0x2""#, 2),
    ]

    @Test("topN is a strict number of at least 1, or the workspace's", arguments: counts)
    func topN(sent: String, expected: Int) async throws {
        let answer = try await library().post(
            Self.path, #"{"query":"delivery june","topN":\#(sent),"scoreThreshold":0}"#)
        #expect(answer.status == 200)
        #expect(try answer.json()["results"]?.arrayValue?.count == expected)
    }

    /// `scoreThreshold` as sent and whether it replaces the workspace's, which lets nothing pass.
    static let thresholds: [(String, Bool)] = [
        (#""0.1abc""#, true), ("0", true), (#""0.1""#, true), ("[0.1]", true), ("null", false), ("true", false),
        ("1.01", false), ("-0.1", false), (#""""#, false), ("{}", false), (#""x""#, false), ("1e400", false),
    ]

    @Test("scoreThreshold is a float from 0 to 1, or the workspace's", arguments: thresholds)
    func threshold(sent: String, isUsed: Bool) async throws {
        let api = try await library()
        _ = try await api.post("/v1/workspace/ops/update", #"{"similarityThreshold":1}"#)
        let answer = try await api.post(Self.path, #"{"query":"delivery june","scoreThreshold":\#(sent)}"#)
        #expect(answer.status == 200)
        #expect(try answer.json()["results"]?.arrayValue?.count == (isUsed ? 3 : 0))
    }

    @Test("a result has the documented keys and the renamed members of its document")
    func shape() async throws {
        let api = try await library()
        let json = try await api.post(Self.path, #"{"query":"delivery june number4","topN":6}"#).json()
        #expect(json.objectValue?.keys == ["results"])
        let result = try #require(json["results"]?[0])
        #expect(result.objectValue?.keys == ["id", "text", "metadata", "distance", "score"])
        #expect(
            result["metadata"]?.objectValue?.keys == [
                "url", "title", "author", "description", "docSource", "chunkSource", "published", "wordCount",
                "tokenCount",
            ])
        #expect(result["metadata"]?["title"] == "note4.txt")
        #expect(result["metadata"]?["author"] == "no author specified")
        #expect(result["metadata"]?["wordCount"] == 3)
        #expect(
            result["text"]
                == "<document_metadata>\nsourceDocument: note4.txt\npublished: 11/14/2023, 10:13:20 PM\n</document_metadata>\n\ndelivery june number4"
        )
        let results = try #require(json["results"]?.arrayValue)
        let distances = results.compactMap { $0["distance"]?.numberValue }
        #expect(distances == distances.sorted())
        for result in results {
            let (distance, score) = (result["distance"]?.numberValue ?? -1, result["score"]?.numberValue ?? -1)
            #expect(abs(1 - distance - score) < 1e-12)
        }
        #expect(Set(results.compactMap { $0["id"]?.stringValue }).count == results.count)
    }

    @Test("no result is an empty list without a message")
    func nothing() async throws {
        let answer = try await library().post(Self.path, #"{"query":"zebra","scoreThreshold":1}"#)
        #expect(answer.body == #"{"results":[]}"#)
    }

    @Test("pinned documents are not filtered, nothing is logged, and only the embedder is needed (VQ-3)")
    func effects() async throws {
        let api = try APIFixture(settings: ["LLM_PROVIDER": "nobody"])
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "delivery june", workspaces: "ops")
        _ = try await api.post("/v1/workspace/ops/update-pin", #"{"docPath":"\#(docpath)","pinStatus":true}"#)
        let before = try (api.events(), api.telemetry())
        let answer = try await api.post(Self.path, #"{"query":"delivery june"}"#)
        #expect(try answer.json()["results"]?.arrayValue?.count == 1)
        #expect(try api.events() == before.0)
        #expect(try api.telemetry() == before.1)
    }

    @Test("a failing embedder is a plain 500")
    func failure() async throws {
        let answer = try await library().post(Self.path, #"{"query":"EMBEDFAIL"}"#)
        #expect(answer.status == 500)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(answer.body == "Internal Server Error")
    }

    @Test("a search repeated word for word asks the embedder once, until something is written")
    func repetition() async throws {
        let embedder = CountingEmbedder()
        let api = try APIFixture(embedder: embedder)
        try await api.workspace("Ops")
        try await api.document("first", "delivery june", workspaces: "ops")
        let body = #"{"query":"delivery","topN":9,"scoreThreshold":0}"#
        let first = try await api.post(Self.path, body)
        #expect(try first.json()["results"]?.arrayValue?.count == 1)
        #expect(try await api.post(Self.path, body).body == first.body)
        #expect(embedder.queries == 1)
        // The same question in other words.
        _ = try await api.post(Self.path, #"{"query":"delivery","topN":"9","scoreThreshold":0}"#)
        #expect(embedder.queries == 2)
        try await api.document("second", "delivery july", workspaces: "ops")
        #expect(try await api.post(Self.path, body).json()["results"]?.arrayValue?.count == 2)
        #expect(embedder.queries == 3)
    }

    @Test("another workspace's answer is its own")
    func separation() async throws {
        let api = try await library()
        try await api.workspace("Other")
        let body = #"{"query":"delivery"}"#
        #expect(try await api.post(Self.path, body).json()["results"]?.arrayValue?.count == 3)
        let other = try await api.post("/v1/workspace/other/vector-search", body)
        #expect(try other.json()["results"]?.arrayValue?.isEmpty == true)
    }
}
