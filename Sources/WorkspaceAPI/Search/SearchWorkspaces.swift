import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/vector-search`: Carrel's own, a search of several workspaces as if they were one.
///
/// The body is that of the search of one workspace, with `workspaces`, a list of slugs. What it leaves open is the
/// default of a new workspace. Results say in `workspace` where they come from.
struct SearchWorkspaces: Endpoint {
    static let errorShape = ErrorShape.message

    private static let limit = 100

    private let read: ReadWorkspaces
    private let search: SearchVectors

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        search = SearchVectors(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .message)
        let workspaces = try workspaces(body["workspaces"])
        let wanted = try SearchFields.request(body)
        guard let result = try await search(wanted, in: workspaces) else {
            return .json(.ok, ["results": [], "message": "No embeddings found for these workspaces."])
        }
        let slugs = Dictionary(workspaces.map { ($0.id, $0.slug) }, uniquingKeysWith: { first, _ in first })
        let results = result.hits.map { hit -> JSONValue in
            var shown = wanted.neighbours > 0 ? hit.resultWithContext : hit.result
            shown["workspace"] = .string(slugs[hit.workspaceId] ?? "")
            return .object(shown)
        }
        return .json(.ok, ["results": .array(results)])
    }

    /// Each workspace once, in the order of the list.
    private func workspaces(_ value: JSONValue?) throws -> [Workspace] {
        let elements = value?.arrayValue ?? []
        let slugs = elements.compactMap(\.stringValue)
        guard (1...Self.limit).contains(elements.count), slugs.count == elements.count else {
            throw SearchFields.refusal("workspaces must be a list of 1 to \(Self.limit) workspace slugs.")
        }
        var found: [Workspace] = []
        for slug in slugs {
            guard let workspace = try read.workspace(slug: slug) else {
                throw SearchFields.refusal("Workspace \(slug) is not a valid workspace.")
            }
            if !found.contains(where: { $0.id == workspace.id }) { found.append(workspace) }
        }
        return found
    }
}
