import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/update-embeddings` (contract/vectors.md 6). Runs to its end although the client may have
/// left.
struct UpdateWorkspaceEmbeddings: Endpoint {
    private let read: ReadWorkspaces
    private let update: UpdateEmbeddings

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        update = UpdateEmbeddings(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .error)
        guard let workspace = try read.workspace(slug: slug) else { return .plain(.badRequest) }
        let deletes = try Self.paths(body["deletes"])
        let adds = try Self.paths(body["adds"])
        do {
            _ = try await update(workspace, adds: adds, deletes: deletes)
        } catch let refusal as LibraryRefusal {
            throw APIError(.badRequest, .error, refusal.reason)
        }
        // It may have been deleted meanwhile, and another may have taken the slug.
        guard let (changed, documents, _) = try read.details(slug: slug), changed.id == workspace.id else {
            return .plain(.badRequest)
        }
        let window = read.contextWindow(of: changed)
        return .json { json in
            json.beginObject()
            json.key("workspace")
            json.beginObject()
            json.workspaceMembers(changed)
            json.workspaceDocuments(documents)
            json.member("contextWindow", window)
            json.member("currentContextTokenCount", 0)
            json.endObject()
            json.endObject()
        }
    }

    /// - Throws: 400 for anything but a list of texts that are not empty, before anything has been done.
    private static func paths(_ value: JSONValue?) throws -> [String] {
        guard let value else { return [] }
        let paths = value.arrayValue?.map { $0.stringValue ?? "" }
        guard let paths, !paths.contains("") else {
            throw APIError(.badRequest, .error, "adds and deletes must be arrays of document paths.")
        }
        return paths
    }
}
