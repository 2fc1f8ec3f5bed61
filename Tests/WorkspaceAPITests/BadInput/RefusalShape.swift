import OrderedJSON

/// The bodies in which endpoints refuse (contract/workspaces.md 1.3 and 1.4, documents.md 3 to 5, chat.md 2).
enum RefusalShape: Sendable {
    /// The reason phrase as text.
    case plain
    /// `{"error":…}`
    case error
    /// `{"message":…}`
    case message
    /// `{"workspace":null,"message":…}`
    case workspace
    /// `{"thread":null,"message":…}`
    case thread
    /// The abort object of chats.
    case abort
    /// `{"success":false,"error":…}`
    case document
    /// `{"success":false,"error":…,"documents":[]}`
    case conversion
    /// `{"success":false,"message":…}`
    case folder
    /// A page of a folder that does not exist.
    case page
    /// The same, with its status.
    case pageWithCode

    /// Whether an answer has this form, and a reason in it.
    func fits(_ answer: APIFixture.Answer) -> Bool {
        if case .plain = self {
            return answer.contentType == "text/plain; charset=utf-8" && answer.body == Self.phrases[answer.status]
        }
        guard answer.contentType == "application/json; charset=utf-8",
            let object = (try? answer.json())?.objectValue  // No JSON is another form than this one.
        else { return false }
        let reason = object["error"] ?? object["message"]
        return object.keys == keys && reason?.stringValue?.isEmpty == false && object["success"] != true
            && (object["workspace"] ?? .null).isNull && (object["thread"] ?? .null).isNull
    }

    private var keys: [String] {
        switch self {
        case .plain: []
        case .error: ["error"]
        case .message: ["message"]
        case .workspace: ["workspace", "message"]
        case .thread: ["thread", "message"]
        case .abort: ["id", "type", "textResponse", "sources", "close", "error"]
        case .document: ["success", "error"]
        case .conversion: ["success", "error", "documents"]
        case .folder: ["success", "message"]
        case .page: ["folder", "documents", "totalCount", "hasMore", "error"]
        case .pageWithCode: ["folder", "documents", "totalCount", "hasMore", "code", "error"]
        }
    }

    private static let phrases = [
        400: "Bad Request", 404: "Not Found", 500: "Internal Server Error",
    ]
}
