import HTTPTypes
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// Asks for one page of a listing of chats, which the reference does not have: with a `cursor` parameter, empty for the
/// first page, the answer has a `nextCursor`, null on the last page.
///
/// `limit` (1 to 1000, default 100) and `orderBy` (`asc`, `desc`) as without it.
struct PageQuery {
    private static let limits = 1.0...1000.0

    let cursor: ChatPage.Cursor?
    let limit: Int
    let isDescending: Bool

    /// Nil when no page is asked for.
    ///
    /// - Throws: 400 for a cursor that no answer had.
    init?(_ query: QueryParameters) throws {
        guard let text = query["cursor"] else { return nil }
        if text.isEmpty {
            cursor = nil
        } else {
            guard let place = ChatPage.Cursor(text) else {
                throw APIError(.badRequest, .error, "cursor must be empty or the nextCursor of an answer.")
            }
            cursor = place
        }
        limit = Self.limit(query["limit"], default: 100)
        isDescending = query["orderBy"] == "desc"
    }

    /// A number of rows as the chats endpoint reads it (contract/chat.md 12.2), but at most 1000.
    static func limit(_ text: String?, default usual: Int) -> Int {
        guard let text, let number = JavaScriptNumber.parseInt(.string(text)), number.isFinite else { return usual }
        return Int(min(max(number, limits.lowerBound), limits.upperBound))
    }
}
