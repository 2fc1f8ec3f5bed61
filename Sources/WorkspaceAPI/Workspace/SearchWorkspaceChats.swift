import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug/chats/search?q=…&limit=20`: full-text search over the exchanges of a workspace.
///
/// Each word of `q`, at most 1000 characters, must begin a word of the prompt or of the answer, in any case, with or
/// without accents; there are no operators. Exchanges in threads and sessions are found too, hidden ones are not. Languages
/// without spaces between words are found by the beginnings of their runs of letters only. `limit`: 1 to 1000.
/// Answers 200 `{"results":[…]}`, best first, ties newest first; 404 and 400 `{"message":…}`. The reference has no such
/// route.
struct SearchWorkspaceChats: Endpoint {
    static let errorShape = ErrorShape.message

    private static let lengths = 1...1000

    private let read: ReadWorkspaces
    private let search: SearchChats

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        search = SearchChats(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let query = QueryParameters(request)
        guard let text = query["q"], Self.lengths.contains(text.unicodeScalars.count) else {
            throw APIError(.badRequest, .message, "q must be a text of 1 to 1000 characters.")
        }
        let matches = try search(text, in: workspace, limit: PageQuery.limit(query["limit"], default: 20))
        return .json { $0.matches(matches) }
    }
}
