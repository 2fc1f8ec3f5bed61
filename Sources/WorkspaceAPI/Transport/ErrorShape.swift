import Foundation
import OrderedJSON

/// The JSON around an error's text, which differs between families of endpoints (contract/workspaces.md 1.4).
enum ErrorShape: Sendable {
    /// `{"error":…}`
    case error
    /// `{"message":…}`: vector search and unknown threads.
    case message
    /// `{"workspace":null,"message":…}`: workspace create and update.
    case workspace
    /// `{"thread":null,"message":…}`: thread create and update.
    case thread
    /// `{"success":false,"error":…}`: documents.
    case document
    /// `{"success":false,"message":…}`: folders.
    case folder
    /// The abort object of chats (contract/chat.md 2).
    case chat

    func body(_ reason: String) -> JSONValue {
        switch self {
        case .error: ["error": .string(reason)]
        case .message: ["message": .string(reason)]
        case .workspace: ["workspace": nil, "message": .string(reason)]
        case .thread: ["thread": nil, "message": .string(reason)]
        case .document: ["success": false, "error": .string(reason)]
        case .folder: ["success": false, "message": .string(reason)]
        case .chat:
            [
                "id": .string(UUID().uuidString.lowercased()), "type": "abort", "textResponse": nil, "sources": [],
                "close": true, "error": .string(reason),
            ]
        }
    }
}
