import CKernels
import Foundation
import OrderedJSON
import Testing

@testable import SentenceEmbedding

/// A BERT of odd sizes with random weights; the logits were computed in f64 with NumPy (see `golden/README.md` of the
/// project's shared files).
struct CrossEncoderTests {
    private struct Pair {
        var query: String
        var passage: String
        var ids: [Int32]
        var types: [Int]
        var logit: Double
    }

    private func pairs() throws -> [Pair] {
        try Data(contentsOf: URL(fileURLWithPath: TestModel.tinyFolder + "/pairs.jsonl"))
            .split(separator: UInt8(ascii: "\n")).map { line in
                let value = try JSONParser.parse(line)
                return Pair(
                    query: try #require(value["query"]?.stringValue),
                    passage: try #require(value["passage"]?.stringValue),
                    ids: try #require(value["ids"]?.arrayValue).compactMap { $0.integerValue.map(Int32.init) },
                    types: try #require(value["type_ids"]?.arrayValue).compactMap(\.integerValue),
                    logit: try #require(value["logit"]?.numberValue))
            }
    }

    @Test("token and type ids of every pair are equal, the truncated ones too")
    func ids() throws {
        let model = try CrossEncoderModel(CrossEncoderFiles(folder: TestModel.tinyFolder))
        #expect(model.maximumTokens == 64)
        let pairs = try pairs()
        #expect(pairs.count == 9)
        for pair in pairs {
            let question = model.tokenizer.pieces(of: pair.query, limit: .max)
            let sequence = model.tokenizer.pair(question, pair.passage, limit: model.maximumTokens)
            #expect(sequence.ids == pair.ids)
            #expect(sequence.secondSegment == pair.types.firstIndex(of: 1))
        }
    }

    @Test(
        "logits are those computed in f64, with every kernel table",
        arguments: [ck_scalar.rawValue] + KernelCases.sets.map(\.rawValue))
    func logits(set: UInt32) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let model = try CrossEncoderModel(CrossEncoderFiles(folder: TestModel.tinyFolder), kernels: kernels)
        var scratch = BertScratch()
        let pairs = try pairs()
        let inputs = pairs.map {
            EncoderInput(question: model.tokenizer.pieces(of: $0.query, limit: .max), text: $0.passage)
        }
        for (pair, row) in zip(pairs, model.rows(for: inputs, scratch: &scratch)) {
            #expect(abs(Double(try #require(row.first)) - pair.logit) < 1e-4, "\(pair.query)")
        }
    }

    @Test("passages are scored in order, whatever their lengths and number")
    func order() async throws {
        let encoder = try CrossEncoder(files: CrossEncoderFiles(folder: TestModel.tinyFolder))
        let golden = try pairs().filter { $0.query == "how do I delete a workspace" }
        #expect(golden.count >= 2)
        let many = (0..<90).map { golden[$0 % golden.count] }
        let passages = many.map(\.passage)
        let scores = try await encoder.score(query: "how do I delete a workspace", passages: passages)
        #expect(scores.count == many.count)
        for (score, pair) in zip(scores, many) { #expect(abs(Double(score) - pair.logit) < 1e-4) }
        #expect(try await encoder.score(query: "anything", passages: []).isEmpty)
        encoder.shutDown()
        await #expect(throws: EmbeddingError.self) { try await encoder.score(query: "", passages: ["late"]) }
    }

    @Test("an embedder and a cross-encoder share threads, with different models and precisions")
    func sharedWorkers() async throws {
        let workers = try EncoderWorkers(threads: 2)
        let encoder = try CrossEncoder(
            files: CrossEncoderFiles(folder: TestModel.tinyFolder), precision: .int8, workers: workers)
        let embedder = try NativeEmbedder(files: EmbeddingModelFiles(folder: TestModel.tinyFolder), workers: workers)
        #expect(embedder.threads == 2)
        let pair = try #require(try pairs().first)
        async let vectors = embedder.embed(passages: Array(repeating: pair.passage, count: 50))
        async let scores = encoder.score(query: pair.query, passages: Array(repeating: pair.passage, count: 50))
        for score in try await scores { #expect(abs(Double(score) - pair.logit) < 0.5) }
        #expect(Set(try await vectors).count == 1)
    }

    @Test(
        "two segments are shortened longest first",
        arguments: [
            (3, 4, 7, 3, 4), (3, 4, 6, 3, 3), (5, 5, 7, 3, 4), (9, 8, 7, 4, 3), (8, 9, 7, 3, 4), (1, 200, 61, 1, 60),
            (200, 1, 61, 60, 1), (200, 250, 61, 30, 31), (31, 30, 60, 30, 30), (0, 9, 4, 0, 4), (0, 0, 0, 0, 0),
            (5, 3, 1, 1, 0), (3, 5, 1, 0, 1), (4, 4, 0, 0, 0),
        ])
    func truncation(first: Int, second: Int, limit: Int, expectedFirst: Int, expectedSecond: Int) {
        let lengths = WordPieceTokenizer.longestFirst(first, second, limit: limit)
        #expect(lengths.first == expectedFirst && lengths.second == expectedSecond)
    }
}
