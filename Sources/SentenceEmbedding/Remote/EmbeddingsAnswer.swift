import FoundationEssentials
import OrderedJSON

/// The answer of an embedder: one vector per text, as a list of numbers or as base64 of little-endian float32.
///
/// Sources: OpenAI API reference, "Create embeddings", `encoding_format`; Ollama API, "Generate embeddings".
enum EmbeddingsAnswer {
    /// The vectors in the order of the texts.
    static func vectors(
        _ answer: JSONValue, count: Int, form: EmbedderRow.Form
    ) throws(JSONPost.Failure) -> [[Float]] {
        switch form {
        case .openAI, .azure: return try vectors(answer, count: count)
        case .ollama:
            guard let items = answer["embeddings"]?.arrayValue else {
                throw JSONPost.Failure(message: "the server's answer has no list of vectors.")
            }
            try check(items.count, count)
            return try items.map { item throws(JSONPost.Failure) in try vector(item) }
        }
    }

    private static func check(_ found: Int, _ expected: Int) throws(JSONPost.Failure) {
        guard found == expected else {
            throw JSONPost.Failure(message: "\(found) vectors came back for \(expected) texts.")
        }
    }

    /// The vectors in the order of the texts, which `index` tells when the server changed it.
    private static func vectors(_ answer: JSONValue, count: Int) throws(JSONPost.Failure) -> [[Float]] {
        guard let items = answer["data"]?.arrayValue else {
            throw JSONPost.Failure(message: "the server's answer has no list of vectors.")
        }
        try check(items.count, count)
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
        guard vector.contains(where: { $0 != 0 }) else {
            throw JSONPost.Failure(message: "the server's answer has a vector of zeros, which has no direction.")
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
