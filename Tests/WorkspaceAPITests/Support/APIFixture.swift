import ProviderHTTP
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import LanguageModels
import Logging
import NIOCore
import OrderedJSON
import SentenceEmbedding
import Storage
import Synchronization
import TestSupport
import TokenCounting
import Workspaces

@testable import WorkspaceAPI

/// The whole API in process: a database in memory, an embedder that counts words, the extractive model, and ids and
/// times that count up.
struct APIFixture {
    let dependencies: Dependencies
    private let responder: APIResponder
    /// Where the database is, which is there as long as the fixture.
    private let storage: TemporaryDirectory?

    /// - Parameters:
    ///   - settings: environment variables of the instance.
    ///   - conversion: what uploads are converted with.
    ///   - storage: for a database on the disk, whose readers do not wait for writers; nil for one in memory.
    ///   - pages: lets agents read web pages.
    init(
        settings: [String: String] = [:], embedder: any SentenceEmbedder = WordEmbedder(),
        conversion: ConversionTools = Self.conversion, storage: TemporaryDirectory? = nil,
        reranker: (any PassageReranker)? = nil, pages: (any PageFetching)? = nil
    ) throws {
        self.storage = storage
        let counter = Counter()
        let source = ValueSource(
            now: { 1_772_622_000_000 + counter.next() }, uuid: { TestUUID.number(counter.next()) },
            random: { $0.lowerBound + Int(counter.next()) }, timeZone: .gmt)
        let effective = ["LLM_PROVIDER": "extractive"].merging(settings) { $1 }
        var dependencies = Dependencies(
            database: try storage.map { try CarrelDatabase(directory: URL(filePath: $0.path)) } ?? CarrelDatabase(),
            embedder: embedder,
            models: LanguageModelCatalog(setting: { effective[$0] }, httpClient: ProviderClient()),
            tokens: EstimatedTokenCounter(), settings: InstanceSettings { effective[$0] },
            conversion: conversion, source: source,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, reranker: reranker)
        // No test asks the machine's resolver.
        dependencies.links = LinkFetcher(
            allowsAnyAddress: dependencies.settings.linksMayLeadAnywhere, resolver: NamelessNetwork())
        dependencies.pages = pages
        self.dependencies = dependencies
        responder = Routes.responder(dependencies)
    }

    /// A network in which no host has a name.
    private struct NamelessNetwork: HostResolver {
        func addresses(of name: String) async -> [IPAddress] { [] }
    }

    /// Converts in the isolation of the built program.
    static var conversion: ConversionTools { ConversionTools(launcher: PackageRoot.path(".build/release/carrel")) }

    struct Answer {
        let status: Int
        let reasonPhrase: String
        let headers: HTTPFields
        let body: String

        var contentType: String { headers[.contentType] ?? "" }

        func json() throws -> JSONValue { try JSONParser.parse(body) }

        /// The objects of an event stream, in order.
        func events() throws -> [JSONValue] {
            try body.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map {
                try JSONParser.parse(String($0.dropFirst("data: ".count)))
            }
        }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, contentType: String? = "application/json",
        headers: HTTPFields = [:], keyID: String? = "1"
    ) async throws -> Answer {
        try await send(
            method, path, bytes: body.map { Array($0.utf8) }, contentType: contentType, headers: headers, keyID: keyID)
    }

    /// The same for bodies that are no text.
    func send(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8]?, contentType: String?,
        headers: HTTPFields = [:], keyID: String? = "1"
    ) async throws -> Answer {
        let response = try await respond(
            method, path, bytes: bytes, contentType: contentType, headers: headers, keyID: keyID)
        let collected = CollectedBody()
        try await response.body.write(CollectingWriter(collected: collected))
        return Answer(
            status: response.status.code, reasonPhrase: response.status.reasonPhrase, headers: response.headers,
            body: String(buffer: collected.buffer.withLock { $0 }))
    }

    /// The answer before its body has been written: for tests that write it to a client of their own.
    func respond(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8]?, contentType: String?,
        headers: HTTPFields = [:], keyID: String? = "1"
    ) async throws -> Response {
        var fields = headers
        if bytes != nil, let contentType { fields[.contentType] = contentType }
        if let bytes { fields[.contentLength] = String(bytes.count) }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "localhost", path: "/api" + path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: bytes ?? [])))
        let context = APIRequestContext(
            source: APIRequestContextSource(logger: dependencies.logger, keyID: keyID))
        return try await responder.respond(to: request, context: context)
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    func post(_ path: String, _ body: String? = nil) async throws -> Answer { try await send(.post, path, body) }

    /// Creates a workspace and returns its slug.
    @discardableResult
    func workspace(_ name: String = "Ops", _ settings: String = "") async throws -> String {
        let body = #"{"name":\#(JSONValue(name).text)\#(settings.isEmpty ? "" : "," + settings)}"#
        return try await post("/v1/workspace/new", body).json()["workspace"]?["slug"]?.stringValue ?? ""
    }

    /// Stores a text and returns its docpath.
    @discardableResult
    func document(_ title: String, _ text: String, workspaces: String? = nil) async throws -> String {
        var body: JSONObject = [
            "textContent": .string(text), "metadata": ["title": .string(title), "published": 1_700_000_000_000],
        ]
        if let workspaces { body["addToWorkspaces"] = .string(workspaces) }
        let answer = try await post("/v1/document/raw-text", JSONValue.object(body).text).json()
        return answer["documents"]?[0]?["location"]?.stringValue ?? ""
    }

    /// The logged events with their metadata, oldest first: `name {"key":…}`.
    func eventRows() throws -> [String] {
        try dependencies.database.read { try $0.events(limit: 100) }.map { "\($0.event) \($0.metadata)" }.reversed()
    }

    /// How often each kind of telemetry was counted.
    func telemetry() throws -> [String: Int] { try dependencies.database.read { try $0.telemetryCounts() } }

    /// Puts a row into the history of the first workspace, as another program may have left it.
    func storeExchange(prompt: String = "p", response: String, createdAt: Int64) throws {
        try dependencies.database.write { transaction in
            var record = ChatRecord(
                workspaceId: 1, prompt: prompt, response: response, include: true, userId: nil, threadId: nil,
                apiSessionId: nil, createdAt: createdAt)
            try transaction.insert(&record)
        }
    }

    /// The messages that a listing shows: prompts and answers in turn.
    func contents(_ path: String) async throws -> [String] {
        try await get(path).json()["history"]?.arrayValue?.compactMap { $0["content"]?.stringValue } ?? []
    }

    /// Names of the logged events, oldest first.
    func events() throws -> [String] {
        try dependencies.database.read { try $0.events(limit: 100) }.map(\.event).reversed()
    }
}

/// A number that goes up with each use.
private final class Counter: Sendable {
    private let value = Mutex<Int64>(0)

    func next() -> Int64 {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

private final class CollectedBody: Sendable {
    let buffer = Mutex(ByteBuffer())
}

private struct CollectingWriter: ResponseBodyWriter {
    let collected: CollectedBody

    mutating func write(_ buffer: ByteBuffer) async throws {
        collected.buffer.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
