import Hummingbird
import Workspaces

/// What a client may ask of a chat's answer by query parameters, beyond the contract:
///
/// - `sources=false`: `sources` are empty in the answer; they are stored all the same.
/// - `heartbeat=15`: a stream that has been silent for so many seconds, 1 to 3600, gets a comment line; `0` for none.
struct ChatOptions {
    var hasSources = true
    /// Nil for no comments.
    var heartbeat: Duration?

    init() {}

    /// - Parameter settings: with the heartbeat of those who ask for none.
    /// - Throws: 400 with an abort object.
    init(_ request: Request, _ settings: InstanceSettings) throws {
        heartbeat = settings.streamHeartbeat.map { .seconds($0) }
        guard request.uri.query != nil else { return }
        let query = QueryParameters(request)
        switch query["sources"] {
        case nil, "true": break
        case "false": hasSources = false
        default: throw APIError(.badRequest, .chat, "sources must be true or false.")
        }
        guard let text = query["heartbeat"] else { return }
        guard let seconds = Int(text), (0...3600).contains(seconds) else {
            throw APIError(.badRequest, .chat, "heartbeat must be a number of seconds, 0 to 3600.")
        }
        heartbeat = seconds == 0 ? nil : .seconds(seconds)
    }

    func shown(_ reply: ChatReply) -> ChatReply {
        if hasSources { return reply }
        switch reply {
        case .answer(let id, let chatId, let text, _, let metrics):
            return .answer(id: id, chatId: chatId, text: text, sources: [], metrics: metrics)
        case .agent(let id, let text, let thoughts, _, let metrics):
            return .agent(id: id, text: text, thoughts: thoughts, sources: [], metrics: metrics)
        default: return reply
        }
    }

    func shown(_ event: ChatEvent) -> ChatEvent {
        if hasSources { return event }
        switch event {
        case .final(let uuid, let chatId, let metrics, _):
            return .final(uuid: uuid, chatId: chatId, metrics: metrics, sources: [])
        case .oneShot(let uuid, let text, _, let metrics):
            return .oneShot(uuid: uuid, text: text, sources: [], metrics: metrics)
        case .agentFinal(let uuid, let text, let thoughts, _, let metrics):
            return .agentFinal(uuid: uuid, text: text, thoughts: thoughts, sources: [], metrics: metrics)
        default: return event
        }
    }
}
