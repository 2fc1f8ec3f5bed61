import Foundation
import Hummingbird
import JavaScriptSemantics
import Workspaces

extension DeleteChats.Choice {
    /// Reads which chats to delete: `apiSessionId`, `before` and `since`, the dates in ISO 8601, UTC unless they have an
    /// offset. At least one is wanted, so that a forgotten parameter deletes nothing.
    ///
    /// - Throws: 400 `{"message":…}`.
    init(_ request: Request, withSessions: Bool = true) throws {
        let query = QueryParameters(request)
        let session = withSessions ? query["apiSessionId"] : nil
        self.init(session: session, before: try Self.date("before", query), since: try Self.date("since", query))
        if self == DeleteChats.Choice() {
            let names = withSessions ? "apiSessionId, before or since" : "before or since"
            throw APIError(.badRequest, .message, "Say which chats to delete: \(names).")
        }
        if session?.isEmpty == true { throw APIError(.badRequest, .message, "apiSessionId is empty.") }
    }

    private static func date(_ name: String, _ query: QueryParameters) throws -> Int64? {
        guard let text = query[name] else { return nil }
        let form = #/\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?/#
        guard text.wholeMatch(of: form) != nil, isDay(text.prefix(10)),
            let date = DateText.milliseconds(text, timeZone: .gmt)
        else {
            throw APIError(.badRequest, .message, "\(name) must be a date such as 2026-03-04 or 2026-03-04T10:02:11Z.")
        }
        return date
    }

    /// JavaScript reads 30 February as 2 March; deleting wants a day that exists.
    private static func isDay(_ text: Substring) -> Bool {
        DateText.milliseconds(String(text), timeZone: .gmt).map { ISODate.text($0).hasPrefix(text) } ?? false
    }
}
