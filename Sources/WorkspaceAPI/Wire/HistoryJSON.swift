import OrderedJSON
import Workspaces

extension JSONWriter {
    /// Exchanges as two items each, user before assistant (contract/chat.md 12.3).
    mutating func history(_ exchanges: [ChatExchange]) {
        beginObject()
        items(exchanges)
        endObject()
    }

    /// The same for a part of a listing, with where the next part begins.
    mutating func history(_ page: ChatPage) {
        beginObject()
        items(page.exchanges)
        member("nextCursor", page.next?.text)
        endObject()
    }

    private mutating func items(_ exchanges: [ChatExchange]) {
        key("history")
        beginArray()
        for exchange in exchanges {
            userItem(exchange)
            assistantItem(exchange)
        }
        endArray()
    }

    private mutating func userItem(_ exchange: ChatExchange) {
        beginObject()
        member("role", "user")
        member("content", exchange.prompt)
        member("sentAt", Self.unixSeconds(exchange))
        member("attachments", .array(exchange.attachments))
        member("chatId", Int(exchange.id))
        endObject()
    }

    private mutating func assistantItem(_ exchange: ChatExchange) {
        beginObject()
        member("type", exchange.type ?? "chart")
        member("role", "assistant")
        member("content", exchange.text)
        member("sources", .array(exchange.sources))
        member("chatId", Int(exchange.id))
        member("sentAt", Self.unixSeconds(exchange))
        member("feedbackScore", exchange.feedbackScore)
        member("metrics", .object(exchange.metrics))
        if !exchange.outputs.isEmpty { member("outputs", .array(exchange.outputs)) }
        if !exchange.clarifyingQuestions.isEmpty {
            member("clarifyingQuestions", .array(exchange.clarifyingQuestions))
        }
        endObject()
    }

    private static func unixSeconds(_ exchange: ChatExchange) -> Int {
        Int((Double(exchange.createdAt) / 1000).rounded(.down))
    }
}
