import OrderedJSON
import Workspaces

extension JSONWriter {
    /// What a search over chats found. `sentAt` in Unix seconds, as in history; `score` compares results of one search.
    mutating func matches(_ matches: [SearchChats.Match]) {
        beginObject()
        key("results")
        beginArray()
        for match in matches {
            beginObject()
            member("chatId", Int(match.chatId))
            member("threadSlug", match.threadSlug)
            member("apiSessionId", match.sessionId)
            member("sentAt", Int((Double(match.createdAt) / 1000).rounded(.down)))
            member("prompt", match.prompt)
            member("excerpt", match.excerpt)
            member("score", match.score)
            endObject()
        }
        endArray()
        endObject()
    }
}
