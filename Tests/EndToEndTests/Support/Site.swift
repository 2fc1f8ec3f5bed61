import OrderedJSON
import Synchronization
import TestSupport

/// `carrel serve` on a unix socket, a real nginx in front of it and one key: what a user has after `make run`.
final class Site: Sendable {
    typealias Scheme = NginxServer.Scheme

    let nginx: NginxServer
    let key: String
    /// Settings of the server and of `carrel keys` beside it.
    let environment: [String: String]
    let folder: TemporaryDirectory
    private let process: Mutex<ProcessServer>

    /// Starts everything; when this returns, requests are answered.
    ///
    /// - Parameters:
    ///   - settings: added to, and winning over, those of ``CarrelProgram/settings(in:)``.
    ///   - usesModel: whether the native embedder runs; without it the start is quicker.
    init(_ settings: [String: String] = [:], usesModel: Bool = false) async throws {
        folder = try TemporaryDirectory()
        var environment = CarrelProgram.settings(in: folder)
        if usesModel {
            environment["CARREL_MODEL_DIR"] = try CarrelProgram.modelFolder()
        } else {
            environment["EMBEDDING_ENGINE"] = "generic-openai"
        }
        environment.merge(settings) { $1 }
        let server = try ProcessServer(CarrelProgram.path, ["serve"], environment: environment)
        try await server.ready()
        // The key is there before nginx starts: during a reload old and new workers answer side by side.
        let created = try await CarrelProgram.run("keys", "create", "--name", "tests", environment: environment)
        guard created.status == 0 else {
            throw ProcessFailure.ended(status: created.status, output: created.errors)
        }
        key = created.trimmedOutput
        nginx = try await NginxServer(backendSocket: folder.file("carrel.sock"), keyMap: folder.file("keys.map"))
        environment["CARREL_NGINX_RELOAD"] = nginx.reloadCommand
        self.environment = environment
        process = Mutex(server)
    }

    var socket: String { folder.file("carrel.sock") }
    var server: ProcessServer { process.withLock { $0 } }
    /// All that the server has logged since it was last started.
    var log: String { server.output + server.errors }
    var authorization: String { "Authorization: Bearer \(key)" }

    /// Starts the server again after ``ProcessServer/stop()`` or ``ProcessServer/crash()``.
    func restart(_ changes: [String: String] = [:]) async throws {
        let settings = environment.merging(changes) { $1 }
        let server = try ProcessServer(CarrelProgram.path, ["serve"], environment: settings)
        process.withLock { $0 = server }
        try await server.ready()
    }

    // MARK: Requests

    /// Sends a request with the key.
    ///
    /// - Parameter path: after `/api/v1/`.
    func request(
        _ method: String, _ path: String, headers: [String] = [], body: String? = nil, scheme: Scheme = .http
    ) async throws -> NginxResponse {
        try await nginx.request(
            method, "/api/v1/" + path, headers: [authorization] + headers, body: body, scheme: scheme)
    }

    func get(_ path: String, scheme: Scheme = .http) async throws -> NginxResponse {
        try await request("GET", path, scheme: scheme)
    }

    func post(_ path: String, _ body: JSONValue, scheme: Scheme = .http) async throws -> NginxResponse {
        try await request("POST", path, headers: ["Content-Type: application/json"], body: body.text, scheme: scheme)
    }

    /// Sends a chat whose answer is read while it comes.
    func stream(_ path: String, _ body: JSONValue, scheme: Scheme = .http) throws -> EventStream {
        try EventStream(
            nginx, "/api/v1/" + path, headers: [authorization, "Content-Type: application/json"], body: body.text,
            scheme: scheme)
    }

    /// Makes a workspace and returns its slug.
    func workspace(_ name: String, provider: String? = nil) async throws -> String {
        var body: JSONObject = ["name": .string(name)]
        if let provider { body["chatProvider"] = .string(provider) }
        return try await post("workspace/new", .object(body)).json["workspace"]?["slug"]?.stringValue ?? ""
    }

    /// Stores a text and returns its docpath.
    func document(_ title: String, _ text: String, workspaces: String = "") async throws -> String {
        let body: JSONValue = [
            "textContent": .string(text), "metadata": ["title": .string(title)], "addToWorkspaces": .string(workspaces),
        ]
        return try await post("document/raw-text", body).json["documents"]?[0]?["location"]?.stringValue ?? ""
    }

    /// Role and content of the messages of a workspace's history.
    func history(_ slug: String) async throws -> [(role: String, content: String)] {
        let items = try await get("workspace/\(slug)/chats").json["history"]?.arrayValue ?? []
        return items.map { ($0["role"]?.stringValue ?? "", $0["content"]?.stringValue ?? "") }
    }

    /// The history once it has `count` messages: what a server does after its client left can only be looked at.
    func history(_ slug: String, count: Int) async throws -> [String] {
        try await Retry.until("\(count) messages") { () async throws -> [String]? in
            let messages = try await history(slug)
            return messages.count >= count ? messages.map(\.content) : nil
        }
    }
}

extension NginxResponse {
    /// The body as JSON; null when it is none.
    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }  // A body that is no JSON fails the comparison.
}
