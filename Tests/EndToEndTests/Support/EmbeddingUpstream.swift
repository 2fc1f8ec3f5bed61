import OrderedJSON
import Synchronization
import TestSupport

/// A scripted server of embeddings that can stop before or after a batch of its choice.
final class EmbeddingUpstream: Sendable {
    /// At which batch of the server's life, counted from 1, something is to happen.
    enum Stop: Sendable {
        /// The batch is not answered.
        case waiting(at: Int)
        /// The batch is answered, and the test learns of it.
        case answered(Int)
        /// The batch is answered when the test opens the gate.
        case gated(at: Int, ScriptedHTTPServerGate)
    }

    /// Chunks of one request.
    static let batch = 4
    /// Opened when the stop is reached.
    let reached = ScriptedHTTPServerGate()
    private let server: ScriptedHTTPServer

    /// - Parameter stop: nil answers everything.
    init(_ stop: Stop? = nil) throws {
        let count = Mutex(0)
        server = try ScriptedHTTPServer { [reached] request in
            let inputs = (try? JSONParser.parse(request.body))?["input"]?.arrayValue ?? []  // None: answered by none.
            let answer = [ScriptedHTTPServerStep].answer(body: Self.vectors(inputs).text)
            let number = count.withLock { count in
                count += 1
                return count
            }
            switch stop {
            case .waiting(number)?: return [.open(reached), .stall]
            case .answered(number)?: return answer + [.open(reached)]
            case .gated(let batch, let gate)? where batch == number: return [.open(reached), .wait(gate)] + answer
            default: return answer
            }
        }
    }

    /// What makes Carrel ask this server.
    var settings: [String: String] {
        [
            "EMBEDDING_ENGINE": "generic-openai", "EMBEDDING_BASE_PATH": server.base,
            "EMBEDDING_MODEL_PREF": "scripted", "EMBEDDING_MODEL_MAX_CHUNK_LENGTH": "200",
            "GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS": "\(Self.batch)",
        ]
    }

    /// Must be called at the end.
    func stop() { server.stop() }

    /// A direction for each text that is made of its bytes, all within one octant: every text finds every other.
    private static func vectors(_ texts: [JSONValue]) -> JSONValue {
        let data = texts.enumerated().map { index, text -> JSONValue in
            var sums = [Double](repeating: 1, count: 8)
            for (position, byte) in (text.stringValue ?? "").utf8.enumerated() {
                sums[(position + Int(byte)) % 8] += Double(byte)
            }
            return ["index": JSONValue(index), "embedding": .array(sums.map { JSONValue($0) })]
        }
        return ["data": .array(data)]
    }
}
