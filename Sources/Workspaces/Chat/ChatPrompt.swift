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

    private static func attachments(_ exchange: EarlierExchange) -> [ChatAttachment] {
        exchange.attachments.compactMap { attachment in
            guard let content = attachment["contentString"]?.stringValue, !content.isEmpty else { return nil }
            return ChatAttachment(
                name: attachment["name"]?.stringValue ?? "", mime: attachment["mime"]?.stringValue ?? "",
                contentString: content)
        }
    }
}
