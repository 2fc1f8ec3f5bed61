import OrderedJSON
import SentenceEmbedding
import TestSupport
import Testing

@Suite("Search modes")
struct SearchModeTests {
    private static let path = "/v1/workspace/ops/vector-search"

    /// Twelve passages whose vectors are alike, each with a code that the embedder takes no notice of.
    private func codes(reranker: ScriptedReranker? = nil) async throws -> APIFixture {
        let api = try APIFixture(embedder: CodeBlindEmbedder(), reranker: reranker)
        try await api.workspace("Ops", #""similarityThreshold":0.2"#)
        for number in 10...21 {
            try await api.document("part\(number)", "The pump part RX-44\(number)b leaks", workspaces: "ops")
        }
        return api
    }

    private func titles(_ answer: APIFixture.Answer) throws -> [String] {
        try answer.json()["results"]?.arrayValue?.compactMap { $0["metadata"]?["title"]?.stringValue } ?? []
    }

    @Test("hybrid search finds the code that vectors do not tell apart, and shows both scores")
    func hybrid() async throws {
        let api = try await codes()
        let normal = try await api.post(Self.path, #"{"query":"pump RX-4419b"}"#)
        #expect(try !titles(normal).contains("part19.txt"))
        let answer = try await api.post(Self.path, #"{"query":"pump RX-4419b","mode":"hybrid"}"#)
        #expect(try titles(answer).first == "part19.txt")
        let results = try #require(try answer.json()["results"]?.arrayValue)
        #expect(results.count == 4)
        for result in results {
            #expect(
                result.objectValue?.keys == [
                    "id", "text", "metadata", "distance", "score", "vectorScore", "lexicalScore",
                ])
            let score = try #require(result["score"]?.numberValue)
            let parts = ["vectorScore", "lexicalScore"].compactMap { result[$0]?.numberValue }
            #expect(parts.count == 2 && score == parts.max())
            #expect(parts.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test("a passage that words alone find is shown, with its true distance, and the threshold is that of the score")
    func lexicalOnly() async throws {
        let api = try await codes()
        // Words that are far from everything for the embedder.
        try await api.document("odd", "zebra quagga okapi", workspaces: "ops")
        let body = #"{"query":"okapi","mode":"hybrid","topN":20,"scoreThreshold":0.3}"#
        let results = try #require(try await api.post(Self.path, body).json()["results"]?.arrayValue)
        #expect(results.first?["metadata"]?["title"] == "odd.txt")
        #expect(try #require(results.first?["lexicalScore"]?.numberValue) > 0.3)
        for result in results {
            let (score, distance) = (result["score"]?.numberValue ?? -1, result["distance"]?.numberValue ?? -1)
            #expect(score >= 0.3)
            #expect(abs((result["vectorScore"]?.numberValue ?? -1) - max(0, 1 - distance)) < 1e-6)
        }
        let strict = #"{"query":"nothing like it","mode":"hybrid","scoreThreshold":1}"#
        #expect(try await api.post(Self.path, strict).body == #"{"results":[]}"#)
    }

    @Test("the workspace's mode is used by searches and chats, and a request may choose another")
    func workspaceMode() async throws {
        let api = try await codes()
        _ = try await api.post("/v1/workspace/ops/update", #"{"vectorSearchMode":"hybrid"}"#)
        let own = try await api.post(Self.path, #"{"query":"pump RX-4417b"}"#)
        #expect(try titles(own).first == "part17.txt")
        #expect(own.body.contains(#""lexicalScore":"#))
        let chosen = try await api.post(Self.path, #"{"query":"pump RX-4417b","mode":"default"}"#)
        #expect(!chosen.body.contains(#""lexicalScore":"#))
        let chat = try await api.post("/v1/workspace/ops/chat", #"{"message":"pump RX-4417b"}"#).json()
        let source = try #require(chat["sources"]?[0])
        #expect(source["title"] == "part17.txt")
        #expect(source.objectValue?.keys.suffix(5) == ["text", "_distance", "score", "vectorScore", "lexicalScore"])
    }

    @Test("lexical search embeds nothing")
    func lexical() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("a", "delivery june", workspaces: "ops")
        let answer = try await api.post(
            Self.path, #"{"query":"EMBEDFAIL delivery","mode":"lexical","scoreThreshold":0}"#)
        let results = try #require(try answer.json()["results"]?.arrayValue)
        #expect(results.count == 1)
        #expect(results[0].objectValue?.keys == ["id", "text", "metadata", "distance", "score"])
    }

    @Test("a reranker orders the nearest passages; its score is shown and is what the threshold is compared with")
    func rerank() async throws {
        let reranker = ScriptedReranker { $0.contains("RX-4413b") ? 0.9 : $0.contains("RX-4412b") ? 0.6 : 0.1 }
        let api = try await codes(reranker: reranker)
        let answer = try await api.post(Self.path, #"{"query":"pump","mode":"rerank","scoreThreshold":0.5}"#)
        #expect(try titles(answer) == ["part13.txt", "part12.txt"])
        let results = try #require(try answer.json()["results"]?.arrayValue)
        #expect(results.map { $0["score"] } == [0.9, 0.6])
        // The contract's keys: what the reranker said is shown in chats only.
        #expect(results[0].objectValue?.keys == ["id", "text", "metadata", "distance", "score"])
        // Ten candidates at least, of twelve passages.
        #expect(reranker.calls.map(\.count) == [10])
        #expect(reranker.calls[0].allSatisfy { $0.hasPrefix("<document_metadata>") })
    }

    @Test("a reranker is given the passage that words alone find beside the nearest, and needs no model to find it")
    func rerankedWords() async throws {
        let reranker = ScriptedReranker { $0.contains("RX-9999z") ? 0.9 : 0.1 }
        let body = #"{"query":"pump RX-9999z","mode":"rerank","topN":20}"#
        for reranker in [reranker, nil] {
            let api = try await codes(reranker: reranker)
            // Words that are far from the query for the embedder, behind twelve passages that are near.
            try await api.document("far", "zebra quagga RX-9999z okapi", workspaces: "ops")
            let answer = try await api.post(Self.path, body)
            #expect(try titles(answer).contains("far.txt"))
            let first = try #require(try answer.json()["results"]?[0])
            #expect(first.objectValue?.keys == ["id", "text", "metadata", "distance", "score"])
        }
        #expect(reranker.calls.map(\.count) == [11])
        #expect(reranker.calls[0].last?.contains("RX-9999z") == true)
    }

    @Test("chats show the candidate's number and the reranker's score first")
    func rerankedChat() async throws {
        let api = try await codes(reranker: ScriptedReranker { $0.contains("RX-4413b") ? 0.9 : 0.1 })
        _ = try await api.post("/v1/workspace/ops/update", #"{"vectorSearchMode":"rerank"}"#)
        let chat = try await api.post("/v1/workspace/ops/chat", #"{"message":"pump"}"#).json()
        let source = try #require(chat["sources"]?[0])
        #expect(chat["sources"]?.arrayValue?.count == 1)
        #expect(source.objectValue?.keys.prefix(3) == ["rerank_corpus_id", "rerank_score", "id"])
        #expect(source["rerank_corpus_id"] == 3)
        #expect(source["rerank_score"] == 0.9)
        #expect(source["score"] == 0.9)
    }

    @Test("a rerank score of 0 shows the similarity (contract/vectors.md 3.3)")
    func zero() async throws {
        let api = try await codes(reranker: ScriptedReranker { _ in 0 })
        let answer = try await api.post(Self.path, #"{"query":"pump","mode":"rerank"}"#).json()
        let plain = try await api.post(Self.path, #"{"query":"pump"}"#).json()
        #expect(answer == plain)
    }

    @Test("a reranker that fails leaves the order of plain mode (VQ-2), and is asked again by the next request")
    func failure() async throws {
        let reranker = ScriptedReranker { (_: String) throws(EmbeddingError) -> Double in
            throw EmbeddingError(.upstream, "no")
        }
        let api = try await codes(reranker: reranker)
        let plain = try await api.post(Self.path, #"{"query":"pump"}"#)
        for attempt in 1...2 {
            #expect(try await api.post(Self.path, #"{"query":"pump","mode":"rerank"}"#).body == plain.body)
            #expect(reranker.calls.count == attempt)
        }
    }

    @Test("an answer of a reranker that works is kept")
    func keeping() async throws {
        let reranker = ScriptedReranker { _ in 0.5 }
        let api = try await codes(reranker: reranker)
        for _ in 1...2 { _ = try await api.post(Self.path, #"{"query":"pump","mode":"rerank"}"#) }
        #expect(reranker.calls.count == 1)
    }

    @Test("without a reranker words and similarities are compared, never below the similarity")
    func builtIn() async throws {
        let api = try await codes()
        let answer = try await api.post(Self.path, #"{"query":"pump part RX-4415b","mode":"rerank"}"#)
        #expect(try titles(answer).first == "part15.txt")
        for result in try answer.json()["results"]?.arrayValue ?? [] {
            let (score, distance) = (result["score"]?.numberValue ?? -1, result["distance"]?.numberValue ?? -1)
            #expect(score >= 1 - distance && score <= 1)
        }
    }
}

/// Counts words as ``WordEmbedder`` does, but no word with a digit in it.
private struct CodeBlindEmbedder: SentenceEmbedder {
    let identifier = "test/blind"
    let maximumChunkLength = 1000
    let passagePrefix = ""

    func embed(query: String) async throws(EmbeddingError) -> [Float] {
        let words = query.split(whereSeparator: \.isWhitespace).filter { !$0.contains(where: \.isNumber) }
        return try await WordEmbedder().embed(query: words.joined(separator: " "))
    }

    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        var vectors: [[Float]] = []
        for passage in passages { vectors.append(try await embed(query: passage)) }
        return vectors
    }
}
