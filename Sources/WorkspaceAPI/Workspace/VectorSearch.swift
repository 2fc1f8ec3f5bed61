import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/vector-search` (contract/vectors.md 2).
struct VectorSearch: Endpoint {
    static let errorShape = ErrorShape.message

    private let read: ReadWorkspaces
    private let search: SearchVectors
    private let cache = AnswerCache()

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        search = SearchVectors(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .message)
        // The body as it came: one that asks the same in other words asks the embedder again, as the reference does.
        let key = "\(slug.utf8.count) \(slug)\(JSONValue.object(body).text)"
        let generation = read.generation
        if let kept = cache.kept(key, generation: generation) { return kept }
        guard let workspace = try read.workspace(slug: slug) else {
            throw SearchFields.refusal("Workspace \(slug) is not a valid workspace.")
        }
        let wanted = try SearchFields.request(body)
        guard let result = try await search(wanted, in: workspace) else {
            return cache.keep(key, generation: generation) {
                $0.value(["results": [], "message": "No embeddings found for this workspace."])
            }
        }
        let answer: JSONValue = ["results": result.json(wantsContext: wanted.neighbours > 0)]
        // Without the reranker that is set the answer is not the one wanted, so the next request tries again.
        return result.isReranked
            ? cache.keep(key, generation: generation) { $0.value(answer) } : .json { $0.value(answer) }
    }
}
