import HTTPTypes
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// The fields of a chat request, read and checked in the order of contract/chat.md 3.
struct ChatFields {
    let message: String
    let mode: ChatMode
    let sessionId: String?
    let attachments: [Attachment]
    let reset: Bool

    /// - Throws: 400 with an abort object for an empty message or a mode that does not exist; a reset without a message
    ///   needs neither.
    init(_ body: JSONObject, workspace: Workspace) throws {
        reset = Self.isReset(body["reset"])
        message = body["message"]?.stringValue ?? ""
        sessionId = Self.session(body["sessionId"])
        attachments = Self.attachments(body["attachments"])
        if message.isEmpty {
            guard reset, body["message"].map({ $0.stringValue != nil || $0.isNull }) ?? true else {
                throw APIError(.badRequest, .chat, "Message is empty")
            }
            mode = .standard
        } else {
            mode = try Self.mode(body["mode"], workspace: workspace)
        }
    }

    /// A boolean as it is; of texts only `"true"` and `"1"` mean true (CQ-2).
    private static func isReset(_ value: JSONValue?) -> Bool {
        switch value {
        case .bool(let flag): flag
        case .string(let text): text == "true" || text == "1"
        case .number(let number): number != 0
        default: false
        }
    }

    private static func session(_ value: JSONValue?) -> String? {
        guard let value, JavaScriptText.isTruthy(value) else { return nil }
        return JavaScriptText.string(value)
    }

    /// Null and absent mean the workspace's own mode; the empty text does not.
    private static func mode(_ value: JSONValue?, workspace: Workspace) throws -> ChatMode {
        let wanted = value == .null ? nil : value
        let word = wanted ?? .string(workspace.chatMode ?? ChatMode.standard.rawValue)
        // A list of a mode reads like the mode, but is none.
        guard let mode = word.stringValue.flatMap(ChatMode.init(rawValue:)) else {
            throw APIError(.badRequest, .chat, "\(JavaScriptText.string(word)) is not a valid mode.")
        }
        return mode
    }

    /// Items that are no objects with a text content are left out (CQ-22).
    private static func attachments(_ value: JSONValue?) -> [Attachment] {
        (value?.arrayValue ?? []).compactMap { $0.objectValue.flatMap(Attachment.init) }
    }

    func input(workspace: Workspace, thread: ChatThread? = nil) -> ChatInput {
        ChatInput(
            workspace: workspace, thread: thread, sessionId: thread == nil ? sessionId : nil, message: message,
            mode: mode, attachments: attachments, reset: reset)
    }
}
