import LanguageModels
import TokenCounting

/// The size of a list of messages in tokens (contract/chat.md 11.2).
enum PromptSize {
    /// 3 for each message and 5 for the list, beside the contents.
    static func count(_ messages: [ChatMessage], _ tokens: any TokenCounter) -> Int {
        messages.reduce(5) { $0 + 3 + tokens.count(counted($1)) }
    }

    /// A message with images is a list of parts, of which the reference counts no more than that they are there
    /// (CQ-12): what JavaScript makes of such a list as text.
    private static func counted(_ message: ChatMessage) -> String {
        if message.attachments.isEmpty { return message.text }
        return Array(repeating: "[object Object]", count: 1 + message.attachments.count).joined(separator: ",")
    }
}
