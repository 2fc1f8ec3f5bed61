import Foundation
import Testing

@testable import SentenceEmbedding

/// What a folder with something wrong in it is answered with.
struct CrossEncoderFilesTests {
    private static let names = ["config.json", "model.safetensors", "vocab.txt", "tokenizer_config.json"]

    /// A copy of the tiny model with one file changed or, with nil, left out.
    private func folder(_ name: String, _ change: (Data) -> Data?) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in Self.names {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(TestModel.tinyFolder)/\(file)"))
            if let data = file == name ? change(data) : data { try data.write(to: folder.appending(path: file)) }
        }
        return folder.path
    }

    private static func replacing(_ data: Data, _ old: String, _ new: String) -> Data {
        var data = data
        if let range = data.range(of: Data(old.utf8)) { data.replaceSubrange(range, with: Data(new.utf8)) }
        return data
    }

    @Test("a missing file is named", arguments: ["config.json", "model.safetensors", "vocab.txt"])
    func missing(name: String) throws {
        let path = try folder(name) { _ in nil }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: EmbeddingError.self) { try CrossEncoderFiles(folder: path) }
        #expect(error?.code == .missingModel)
        #expect(error?.message.contains("\(path)/\(name)") == true)
    }

    @Test("without tokenizer_config.json the encoder's own limit holds")
    func noTokenizerConfiguration() throws {
        let path = try folder("tokenizer_config.json") { _ in nil }
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try CrossEncoderModel(CrossEncoderFiles(folder: path)).maximumTokens == 64)
    }

    @Test(
        "the smaller of the two limits holds, and a number that means none is passed over",
        arguments: [("48", 48), ("1000000000000000019884624838656", 64), ("512", 64)])
    func limits(written: String, expected: Int) throws {
        let path = try folder("tokenizer_config.json") { Self.replacing($0, "64", written) }
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try CrossEncoderModel(CrossEncoderFiles(folder: path)).maximumTokens == expected)
    }

    @Test(
        "a foreign or unsound model is refused by name",
        arguments: [
            ("config.json", "BertForSequenceClassification", "BertModel", "BertModel"),
            ("config.json", "\"bert\"", "\"roberta\"", "roberta"),
            ("config.json", "{", "", "not JSON"),
            ("config.json", "\"type_vocab_size\": 2", "\"type_vocab_size\": 3", "shape"),
            ("config.json", "\"hidden_size\": 32", "\"hidden_size\": 36", "shape"),
            ("tokenizer_config.json", "true", "false", "uncased"),
            ("tokenizer_config.json", "64", "3", "cannot read pairs"),
            ("tokenizer_config.json", "{", "[", "not JSON"),
            ("vocab.txt", "[SEP]", "[SAP]", "[SEP]"),
            ("model.safetensors", "\"classifier.weight\"", "\"klassifier.weight\"", "no pooler and classifier"),
            ("model.safetensors", "\"bert.pooler.dense.weight\"", "\"bert.puler.dense.weight\" ", "no pooler"),
            ("model.safetensors", "\"bert.pooler.dense.bias\"", "\"bert.puler.dense.bias\" ", "pooler.dense.bias"),
            ("model.safetensors", "\"shape\":[1,32]", "\"shape\":[2,16]", "2 labels"),
            ("model.safetensors", "bert.embeddings.word", "fred.embeddings.word", "word_embeddings"),
        ])
    func foreign(name: String, old: String, new: String, fault: String) throws {
        let path = try folder(name) { Self.replacing($0, old, new) }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let files = try CrossEncoderFiles(folder: path)
        let error = #expect(throws: EmbeddingError.self) { try CrossEncoder(files: files) }
        #expect(error?.code == .badModel)
        #expect(error?.message.contains(fault) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(path) == true, "\(error?.message ?? "")")
    }

    @Test("truncated weights are refused", arguments: [0, 7, 100, 5000, 123_467])
    func truncated(length: Int) throws {
        let path = try folder("model.safetensors") { $0.prefix(length) }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let files = try CrossEncoderFiles(folder: path)
        let error = #expect(throws: EmbeddingError.self) { try CrossEncoder(files: files) }
        #expect(error?.code == .badModel)
    }

    @Test(
        "weights that are no numbers give an error, not a score", arguments: ["classifier.bias", "classifier.weight"])
    func notANumber(tensor: String) async throws {
        let weights = try SafetensorsFile(path: TestModel.tinyFolder + "/model.safetensors")
        let start = try #require(weights.tensors[tensor]).range.lowerBound
        let path = try folder("model.safetensors") { data in
            var data = data
            data.replaceSubrange(start..<start + 4, with: [0, 0, 0xC0, 0x7F])
            return data
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let encoder = try CrossEncoder(files: CrossEncoderFiles(folder: path))
        let error = await #expect(throws: EmbeddingError.self) {
            try await encoder.score(query: "water", passages: ["Water, water everywhere."])
        }
        #expect(error?.code == .badModel)
    }
}
