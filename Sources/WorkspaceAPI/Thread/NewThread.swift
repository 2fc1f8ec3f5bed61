import Hummingbird
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/thread/new` (contract/threads.md 2).
struct NewThread: Endpoint {
    static let errorShape = ErrorShape.thread

    private let read: ReadWorkspaces
    private let threads: Threads

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        // A fixed segment would hide a thread of the slug `new` from all other routes.
        guard context.segment("threadSlug").lowercased() == "new" else { return .plain(.notFound) }
        let body = try await RequestJSON.object(request, .thread)
        let name = Self.truthy(body["name"]).map { JavaScriptText.string($0) }
        let outcome: Threads.Outcome
        switch Self.truthy(body["slug"]) {
        case nil:
            outcome = try threads.create(workspaceSlug: context.segment("slug"), name: name, wantedSlug: nil)
        case .string(let slug):
            outcome = try threads.create(workspaceSlug: context.segment("slug"), name: name, wantedSlug: slug)
        default:
            guard try read.workspace(slug: context.segment("slug")) != nil else { return .plain(.badRequest) }
            throw APIError(.badRequest, .thread, "slugify: string argument expected")
        }
        switch outcome {
        case .unknownWorkspace, .unknownThread: return .plain(.badRequest)
        case .slugTaken: throw APIError(.badRequest, .thread, "slug already exists")
        case .thread(let thread): return .thread(thread)
        }
    }

    private static func truthy(_ value: JSONValue?) -> JSONValue? {
        JavaScriptText.isTruthy(value) ? value : JSONValue?.none
    }
}

extension Response {
    /// `{"thread":{…},"message":null}`
    static func thread(_ thread: ChatThread) -> Response {
        .json { json in
            json.beginObject()
            json.key("thread")
            json.thread(thread)
            json.member("message", .null)
            json.endObject()
        }
    }
}
