import Hummingbird
import JavaScriptSemantics
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
        return try await cache.answer(key, generation: read.generation) {
            guard let workspace = try read.workspace(slug: slug) else {
                throw APIError(.badRequest, .message, "Workspace \(slug) is not a valid workspace.")
            }
            guard let query = body["query"]?.stringValue, !query.isEmpty else {
                throw APIError(.badRequest, .message, "Query parameter cannot be empty.")
            }
            let hits = try await search(
                query, in: workspace, topN: Self.topN(body["topN"]), threshold: Self.threshold(body["scoreThreshold"]))
            guard let hits else {
                return { $0.value(["results": [], "message": "No embeddings found for this workspace."]) }
            }
            return { $0.value(["results": .array(hits.map(\.result))]) }
        }
    }

    /// Fractions are cut off; nil, for the workspace's own, when it is no number or below 1.
    private static func topN(_ value: JSONValue?) -> Int? {
        guard let value, let number = JavaScriptNumber.number(value), number >= 1 else { return nil }
        return Int(min(number, 1e9))
    }

    /// Nil, for the workspace's own, when it is no number from 0 to 1.
    private static func threshold(_ value: JSONValue?) -> Double? {
        guard let value, let number = JavaScriptNumber.parseFloat(value), (0...1).contains(number) else { return nil }
        return number
    }
}

extension SearchHit {
    /// The hit as vector search shows it: two keys of the document renamed, absent keys absent (contract/vectors.md 2.3).
    fileprivate var result: JSONValue {
        let names = [
            ("url", "url"), ("title", "title"), ("docAuthor", "author"), ("description", "description"),
            ("docSource", "docSource"), ("chunkSource", "chunkSource"), ("published", "published"),
            ("wordCount", "wordCount"), ("token_count_estimate", "tokenCount"),
        ]
        var shown = JSONObject()
        for (key, name) in names {
            if let value = metadata[key] { shown[name] = value }
        }
        return [
            "id": .string(id), "text": .string(text), "metadata": .object(shown), "distance": .number(distance),
            "score": .number(score),
        ]
    }
}
