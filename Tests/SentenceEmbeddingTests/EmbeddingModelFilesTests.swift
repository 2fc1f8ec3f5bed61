import Foundation
import Testing

@testable import SentenceEmbedding

struct EmbeddingModelFilesTests {
    private func folder(_ files: [String: Data]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: folder.appending(path: name)) }
        return folder.path
    }

    private func tiny(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(TestModel.tinyFolder)/\(name)"))
    }

    @Test("a folder without the files says which command fetches them")
    func missing() throws {
        let cases = try [folder([:]), folder(["vocab.txt": tiny("vocab.txt")]), "/nonexistent/model"]
        for path in cases {
            let error = #expect(throws: EmbeddingError.self) { try EmbeddingModelFiles(folder: path) }
            #expect(error?.code == .missingModel)
            #expect(error?.message.contains("carrel model fetch") == true)
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    @Test(
        "a model whose parts do not fit is refused",
        arguments: [
            ("config.json", #"{"hidden_size": 40, "num_attention_heads": 4}"#, "shape"),
            ("config.json", #"{"num_attention_heads": 5}"#, "heads"),
            ("config.json", #"{"num_attention_heads": 0}"#, "heads"),
            ("config.json", #"{"num_attention_heads": 4, "num_hidden_layers": 3}"#, "encoder.layer.2"),
            ("config.json", #"{"num_attention_heads": 4, "hidden_act": "relu"}"#, "relu"),
            ("config.json", #"{"model_type": "roberta"}"#, "roberta"),
            ("config.json", "{", "not JSON"),
            ("vocab.txt", "[CLS]\n[SEP]\n[UNK]\n" + (0..<400).map { "w\($0)\n" }.joined(), "do not belong together"),
        ])
    func mismatched(name: String, content: String, fault: String) throws {
        var files = [
            "model.safetensors": try tiny("model.safetensors"), "vocab.txt": try tiny("vocab.txt"),
            "config.json": try tiny("config.json"),
        ]
        files[name] = Data(content.utf8)
        let path = try folder(files)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let model = try EmbeddingModelFiles(folder: path)
        let error = #expect(throws: EmbeddingError.self) { try SentenceModel(model) }
        #expect(error?.code == .badModel)
        #expect(error?.message.contains(fault) == true, "\(error?.message ?? "")")
    }
}
