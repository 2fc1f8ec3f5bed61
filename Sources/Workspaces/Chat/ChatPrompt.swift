import LanguageModels
import OrderedJSON

/// The parts of a prompt before they become a list of messages (contract/chat.md 11.1).
struct ChatPrompt: Sendable {
    var system: String
    /// Empty, or the block that follows the system prompt directly.
    var context: String
    /// Oldest first.
    var history: [EarlierExchange]
    var question: String
    var images: [Attachment]

    /// System, history oldest first, user.
    var messages: [ChatMessage] {
        var messages = [ChatMessage(role: .system, text: system + context)]
        for exchange in history {
            messages.append(
                ChatMessage(role: .user, text: exchange.prompt, attachments: Self.attachments(exchange)))
            messages.append(ChatMessage(role: .assistant, text: exchange.text))
        }
        messages.append(userMessage)
        return messages
    }

    var userMessage: ChatMessage { ChatMessage(role: .user, text: question, attachments: images.map(\.forModel)) }

    /// Images only: agents store documents too (contract/chat.md 6.3), and a model refuses a document for an image.
    private static func attachments(_ exchange: EarlierExchange) -> [ChatAttachment] {
        exchange.attachments.compactMap { $0.objectValue.flatMap(Attachment.init) }
            .filter { !$0.isDocument }.map(\.forModel)
    }
}
