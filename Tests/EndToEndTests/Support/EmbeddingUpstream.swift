import OrderedJSON
import Synchronization
import TestSupport

/// A scripted server of embeddings that can stop before or after a batch of its choice. It knows two models, whose vectors
/// have other dimensions.
final class EmbeddingUpstream: Sendable {
    static let (model, otherModel) = ("scripted", "other")

    /// At which batch of the model that is set, counted from 1, something is to happen.
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
    private let model: String

    /// - Parameters:
    ///   - stop: nil answers everything.
    ///   - model: that Carrel is set to ask for.
    ///   - answering: the model that answers whatever name is asked for; nil for the one that is asked.
    init(_ stop: Stop? = nil, model: String = EmbeddingUpstream.model, answering: String? = nil) throws {
        let count = Mutex(0)
        self.model = model
        server = try ScriptedHTTPServer { [reached] request in
            let asked = Self.asked(request)
            let answer = [ScriptedHTTPServerStep].answer(
                body: Self.vectors(asked.texts, dimensions: (answering ?? asked.model) == Self.model ? 8 : 5).text)
            guard asked.model == model else { return answer }
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
            "EMBEDDING_MODEL_PREF": model, "EMBEDDING_MODEL_MAX_CHUNK_LENGTH": "200",
            "GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS": "\(Self.batch)",
        ]
    }

    /// Numbers of texts of all requests for a model.
    func sizes(of model: String) -> [Int] {
        server.requests.map(Self.asked).filter { $0.model == model }.map(\.texts.count)
    }

    /// Must be called at the end.
    func stop() { server.stop() }

    private static func asked(_ request: ScriptedHTTPServer.Request) -> (model: String, texts: [JSONValue]) {
        // What cannot be read is answered by nothing.
        let body = (try? JSONParser.parse(request.body)) ?? .null
        return (body["model"]?.stringValue ?? "", body["input"]?.arrayValue ?? [])
    }

    /// A direction for each text that is made of its bytes, all within one octant: every text finds every other.
    private static func vectors(_ texts: [JSONValue], dimensions: Int) -> JSONValue {
        let data = texts.enumerated().map { index, text -> JSONValue in
            var sums = [Double](repeating: 1, count: dimensions)
            for (position, byte) in (text.stringValue ?? "").utf8.enumerated() {
                sums[(position + Int(byte)) % dimensions] += Double(byte)
            }
            return ["index": JSONValue(index), "embedding": .array(sums.map { JSONValue($0) })]
        }
        return ["data": .array(data)]
    }
}
