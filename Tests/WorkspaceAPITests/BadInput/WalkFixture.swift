import HTTPTypes
import OrderedJSON
import Storage
import Testing
import Workspaces

/// An API in which every good request of the walk succeeds: a workspace `ops` with a thread `t1`, a folder `plans` with
/// the documents `spare.json` and `held.json`, the latter in the workspace, and a job `j1` that has ended.
final class WalkFixture {
    let api: APIFixture
    let route: WalkedRoute
    /// What the database holds, as far as it is known: nil after a request that may have changed it.
    private var known: DatabaseState?

    init(_ route: WalkedRoute) async throws {
        self.route = route
        api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        _ = try await api.post("/v1/document/create-folder", #"{"name":"plans"}"#)
        for name in ["spare", "held"] {
            let from = try await api.document(name, "Delivery is due in June.")
            _ = try await api.post(
                "/v1/document/move-files", #"{"files":[{"from":"\#(from)","to":"plans/\#(name).json"}]}"#)
        }
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/held.json"]}"#)
        try api.dependencies.database.write { transaction in
            var job = JobRecord(
                uuid: "j1", workspaceId: 1, workspaceSlug: "ops", workspaceName: "Ops", total: 0, createdAt: 0)
            try transaction.insert(&job, docpaths: [])
        }
    }

    /// Sends a request of the route and checks that it is answered as the contract says, and that a refusal has changed
    /// nothing.
    ///
    /// - Parameter shapes: nil for those of the route.
    func check(
        _ what: String, statuses: Set<Int>, shapes: [RefusalShape]? = nil, path: String? = nil, body: String? = nil,
        contentType: String? = "application/json", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await check(
            what, statuses: statuses, shapes: shapes, path: path, bytes: body.map { Array($0.utf8) },
            contentType: contentType, sourceLocation: sourceLocation)
    }

    /// The same for bodies that are no text.
    func check(
        _ what: String, statuses: Set<Int>, shapes: [RefusalShape]? = nil, path: String? = nil, bytes: [UInt8]?,
        contentType: String? = "application/json", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try known ?? DatabaseState(api)
        let answer = try await api.send(
            route.method, path ?? route.path(), bytes: bytes, contentType: contentType)
        let isExpected = statuses.contains(answer.status) && isInOwnForm(answer, shapes)
        #expect(
            isExpected, "\(what): \(answer.status) \(answer.body.prefix(200))", sourceLocation: sourceLocation)
        known = answer.status >= 400 ? try DatabaseState(api) : nil
        let isUnchanged = known.map { $0 == before } ?? true
        #expect(isUnchanged, "\(what) was refused but changed something", sourceLocation: sourceLocation)
    }

    private func isInOwnForm(_ answer: APIFixture.Answer, _ shapes: [RefusalShape]?) -> Bool {
        if answer.status >= 400 {
            let shapes = shapes ?? route.refusals[answer.status] ?? []
            return shapes.contains { $0.fits(answer) }
        }
        if answer.contentType == "text/event-stream" {
            // What has been accepted must not end as an exception.
            let types = try? answer.events().map { $0["type"]?.stringValue ?? "" }  // Malformed events fail the test.
            return types?.isEmpty == false && types?.contains("abort") == false
        }
        if answer.contentType == "text/plain; charset=utf-8" { return answer.body == "OK" }
        return (try? answer.json()) != nil  // No JSON fails the test.
    }

    /// The next good request works, and so does everything else.
    func checkHealth(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        if route.template.hasPrefix("v1/document/upload"), route.body == nil {
            let answer = try await api.send(
                .post, route.path(), MultipartBody.good, contentType: MultipartBody.contentType)
            #expect(answer.status == 200, "\(answer.body)", sourceLocation: sourceLocation)
        } else {
            try await check(
                "the good request", statuses: [route.good], body: route.body, sourceLocation: sourceLocation)
        }
        #expect(try await api.get("/ping").body == #"{"online":true}"#, sourceLocation: sourceLocation)
        #expect(try await api.get("/v1/documents").status == 200, sourceLocation: sourceLocation)
        #expect(try await api.get("/v1/workspaces").status == 200, sourceLocation: sourceLocation)
        try await Agreement.check(api, sourceLocation: sourceLocation)
    }
}
