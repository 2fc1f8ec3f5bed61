import CKernels
import Foundation
import Glibc
import OrderedJSON
import Testing

@testable import SentenceEmbedding

/// A BERT of odd sizes with random weights; the logits were computed in f64 with NumPy (see `golden/README.md` of the
/// project's shared files). The head on top of the encoder is written down here.
struct TinyEncoderTests {
    @Test(
        "pairs of segments give the logits computed in f64, with every kernel table",
        arguments: [ck_scalar.rawValue] + KernelCases.sets.map(\.rawValue))
    func logits(set: UInt32) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let weights = try SafetensorsFile(path: TestModel.tinyFolder + "/model.safetensors")
        let encoder = try BertEncoder(
            weights, configuration: TestModel.tinyFolder + "/config.json", kernels: kernels)
        #expect(encoder.sizes.headSize == 8)
        var scratch = BertScratch()
        let lines = try Data(contentsOf: URL(fileURLWithPath: TestModel.tinyFolder + "/pairs.jsonl"))
            .split(separator: UInt8(ascii: "\n"))
        #expect(!lines.isEmpty)
        for line in lines {
            let pair = try JSONParser.parse(line)
            let ids = pair["ids"]?.arrayValue?.compactMap(\.integerValue) ?? []
            let types = pair["type_ids"]?.arrayValue?.compactMap(\.integerValue) ?? []
            let expected = try #require(pair["logit"]?.numberValue)
            try #require(!ids.isEmpty && types.count == ids.count)
            let sequence = TokenSequence(ids: ids.map(Int32.init), secondSegment: types.firstIndex(of: 1))
            let rows = encoder.encode([sequence], scratch: &scratch)
            let first = (0..<32).map { Double(rows[$0]) }
            #expect(abs(try logit(first, weights) - expected) < 1e-4)
        }
    }

    /// classifier(tanh(pooler(first row))).
    private func logit(_ first: [Double], _ file: SafetensorsFile) throws -> Double {
        let pooler = try TestModel.array(file.floats("bert.pooler.dense.weight", shape: [32, 32]))
        let poolerBias = try TestModel.array(file.floats("bert.pooler.dense.bias", shape: [32]))
        let classifier = try TestModel.array(file.floats("classifier.weight", shape: [1, 32]))
        let classifierBias = try TestModel.array(file.floats("classifier.bias", shape: [1]))
        return (0..<32).reduce(Double(classifierBias[0])) { sum, output in
            let row = (0..<32).reduce(Double(poolerBias[output])) {
                $0 + first[$1] * Double(pooler[output * 32 + $1])
            }
            return sum + tanh(row) * Double(classifier[output])
        }
    }
}
