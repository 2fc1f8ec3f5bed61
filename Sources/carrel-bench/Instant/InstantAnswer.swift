import Foundation

/// What ``InstantProvider`` says: the same short text to every question, and to a text always the same vector.
enum InstantAnswer {
    static let text = "The reading room opens at nine."
    static let dimensions = 384
    /// Texts share this many directions, so that a search has nearer and farther passages.
    private static let directions = 1021

    /// A whole HTTP answer.
    static func bytes(path: String, body: [UInt8]) -> [UInt8] {
        if path.hasSuffix("/embeddings") { return head("application/json", embeddings(body)) }
        let isStreamed = Data(body).range(of: Data(#""stream":true"#.utf8)) != nil
        return isStreamed ? stream : completion
    }

    private static let completion = head(
        "application/json",
        Array(
            #"{"id":"1","object":"chat.completion","model":"instant","choices":[{"index":0,"message":{"role":"assistant","#
                .utf8)
            + #""content":"\#(text)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":7}}"#.utf8
    )

    /// An event for each word, chunked as a stream of unknown length is.
    private static let stream: [UInt8] = {
        let words = text.split(separator: " ").map { "\($0) " }
        var events = words.map { #"data: {"choices":[{"index":0,"delta":{"content":"\#($0)"}}]}"# + "\n\n" }
        events.append(#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n")
        events.append("data: [DONE]\n\n")
        let body = events.joined()
        let chunk = "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        return Array(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)".utf8)
    }()

    private struct EmbeddingRequest: Decodable {
        var input: [String]
    }

    private static func embeddings(_ body: [UInt8]) -> [UInt8] {
        // Not this form: an empty list, which Carrel refuses.
        let texts = (try? JSONDecoder().decode(EmbeddingRequest.self, from: Data(body)))?.input ?? []
        let items = texts.enumerated().map { index, text in
            #"{"object":"embedding","index":\#(index),"embedding":"\#(vectors[direction(of: text)])"}"#
        }
        return Array(#"{"object":"list","model":"instant","data":[\#(items.joined(separator: ","))]}"#.utf8)
    }

    /// FNV-1a, because Swift's own hash is another one in every process.
    private static func direction(of text: String) -> Int {
        let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return Int(hash % UInt64(directions))
    }

    /// Base64 of little-endian f32.
    private static let vectors: [String] = {
        var random = RandomSource(seed: 384)
        return (0..<directions).map { _ in
            let vector = (0..<dimensions).map { _ in Float(random.unit() - 0.5) }
            return vector.withUnsafeBytes { Data($0) }.base64EncodedString()
        }
    }()

    private static func head(_ type: String, _ body: [UInt8]) -> [UInt8] {
        Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
