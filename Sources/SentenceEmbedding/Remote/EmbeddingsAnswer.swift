import FoundationEssentials
import OrderedJSON

/// The answer of `/embeddings`: one vector per text, as a list of numbers or as base64 of little-endian float32.
///
/// Source: OpenAI API reference, "Create embeddings", `encoding_format`.
enum EmbeddingsAnswer {
    /// The vectors in the order of the texts, which `index` tells when the server changed it.
    static func vectors(_ answer: JSONValue, count: Int) throws(JSONPost.Failure) -> [[Float]] {
        guard let items = answer["data"]?.arrayValue else {
            throw JSONPost.Failure(message: "the server's answer has no list of vectors.")
        }
        guard items.count == count else {
            throw JSONPost.Failure(message: "\(items.count) vectors came back for \(count) texts.")
        }
        var vectors: [[Float]?] = Array(repeating: nil, count: count)
        for (position, item) in items.enumerated() {
            let index = item["index"]?.integerValue ?? position
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw JSONPost.Failure(message: "the server's vectors are numbered wrongly.")
            }
            vectors[index] = try vector(item["embedding"] ?? .null)
        }
        return vectors.compactMap { $0 }
    }

    private static func vector(_ value: JSONValue) throws(JSONPost.Failure) -> [Float] {
        let vector =
            switch value {
            case .array(let numbers): numbers.compactMap(\.numberValue).map { Float($0) }
            case .string(let text): Data(base64Encoded: text).map(floats) ?? []
            default: [Float]()
            }
        let isWhole = value.arrayValue.map { $0.count == vector.count } ?? true
        guard !vector.isEmpty, isWhole, vector.allSatisfy(\.isFinite) else {
            throw JSONPost.Failure(message: "the server's answer has a vector that is none.")
        }
        return vector
    }

    private static func floats(_ data: Data) -> [Float] {
        guard data.count.isMultiple(of: 4) else { return [] }
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            let pattern = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return Float(bitPattern: pattern)
        }
    }
}
