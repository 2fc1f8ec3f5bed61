public import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOHTTP1
import OrderedJSON

/// A running server's document library, reached through its REST API.
public struct LibraryServer: DocumentLibrary {
    public let address: ServerAddress
    private let key: String
    private let client: HTTPClient

    /// A conversion may take long, and so may embedding what came of it.
    private static let patience = TimeAmount.hours(1)
    /// Bytes of an answer: an upload's repeats the whole text.
    private static let answerLimit = 1 << 30

    public init(address: ServerAddress, key: String, client: HTTPClient) {
        self.address = address
        self.key = key
        self.client = client
    }

    /// The docpaths of a workspace's documents.
    ///
    /// - Throws: ``LibraryClientError`` unless the server knows the key and the workspace.
    public func docpaths(workspace slug: String) async throws(LibraryClientError) -> Set<String> {
        let answer = try await send(request(.GET, ["workspace", slug]))
        // The list is empty for a workspace that does not exist.
        guard answer.status == 200, let found = answer.json["workspace"] else { throw refusal(answer) }
        if found.arrayValue?.isEmpty ?? found.isNull {
            throw LibraryClientError(
                .unknownWorkspace, "\(address) has no workspace \(slug). GET /api/v1/workspaces lists the slugs.")
        }
        return Set(found[0]?["documents"]?.arrayValue?.compactMap { $0["docpath"]?.stringValue } ?? [])
    }

    /// Sends a file.
    ///
    /// - Parameters:
    ///   - name: under which it is stored.
    ///   - folder: of the library; nil for the usual one.
    /// - Returns: what became of it; several documents for files such as mailboxes.
    public func upload(
        _ file: URL, as name: String, folder: String?, onDuplicate: OnDuplicate
    ) async throws(LibraryClientError) -> [UploadedDocument] {
        let path = ["document", "upload"] + (folder.map { [$0] } ?? [])
        let post = request(.POST, path, query: [("onDuplicate", onDuplicate.rawValue)])
        let answer = try await send(form(post, file, name))
        guard answer.status == 200, answer.json["success"] != false,
            let documents = answer.json["documents"]?.arrayValue
        else { throw refusal(answer) }
        return documents.compactMap { document in
            guard let docpath = document["location"]?.stringValue else { return nil }
            // Without a rule nothing is said.
            let outcome = (document["outcome"]?.stringValue).flatMap(UploadedDocument.Outcome.init)
            return UploadedDocument(docpath: docpath, outcome: outcome ?? .stored)
        }
    }

    public func upload(_ file: URL, as name: String, folder: String?) async throws(LibraryClientError) -> [String] {
        try await upload(file, as: name, folder: folder, onDuplicate: .keep).map(\.docpath)
    }

    /// Gives a document the content of a file, in every workspace that holds it, in one step; place and name stay.
    ///
    /// - Returns: whether that was possible: not when the document is gone, or the file holds several documents.
    public func replace(
        _ docpath: String, with file: URL, as name: String
    ) async throws(LibraryClientError) -> Bool {
        let parts = docpath.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return false }
        let put = request(.PUT, ["document", parts[1]], query: [("folder", parts[0])])
        let answer = try await send(form(put, file, name))
        if answer.status == 404 || answer.status == 409 { return false }
        guard answer.status == 200, answer.json["success"] == true else { throw refusal(answer) }
        return true
    }

    /// Removes documents from the library and from every workspace; unknown ones are no error.
    public func remove(_ docpaths: [String]) async throws(LibraryClientError) {
        if docpaths.isEmpty { return }
        let body: JSONValue = ["names": .array(docpaths.map(JSONValue.string))]
        let answer = try await send(request(.DELETE, ["system", "remove-documents"], body))
        guard answer.status == 200 else { throw refusal(answer) }
    }

    /// The docpaths of a folder of the library; none when there is no such folder.
    public func docpaths(folder: String) async throws(LibraryClientError) -> Set<String> {
        let answer = try await send(request(.GET, ["documents", "folder", folder]))
        if answer.status == 404 { return [] }
        guard answer.status == 200, let documents = answer.json["documents"]?.arrayValue else {
            throw refusal(answer)
        }
        return Set(documents.compactMap { $0["name"]?.stringValue.map { folder + "/" + $0 } })
    }
}

extension LibraryServer {
    struct Answer {
        var status: Int
        var json: JSONValue
    }

    func request(
        _ method: HTTPMethod, _ path: [String], _ body: JSONValue? = nil, query: [(name: String, value: String)] = []
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url(path, query: query))
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text))
        }
        return request
    }

    /// The request with a form that holds a file.
    private func form(
        _ request: HTTPClientRequest, _ file: URL, _ name: String
    ) throws(LibraryClientError) -> HTTPClientRequest {
        var status = stat()
        guard stat(file.path, &status) == 0, access(file.path, R_OK) == 0 else {
            throw LibraryClientError(.unreadableFile, "Cannot read \(file.path): \(String(cString: strerror(errno))).")
        }
        let body = MultipartFile(
            file: file, name: name, size: Int(status.st_size), boundary: "carrel-\(UUID().uuidString)")
        var request = request
        request.headers.add(name: "Content-Type", value: body.contentType)
        request.body = .stream(body, length: .known(Int64(body.length)))
        return request
    }

    func send(_ request: HTTPClientRequest) async throws(LibraryClientError) -> Answer {
        try await exchange(request) { response in
            let text = String(buffer: try await response.body.collect(upTo: Self.answerLimit))
            return Answer(status: Int(response.status.code), json: (try? JSONParser.parse(text)) ?? .null)
        }
    }

    /// Sends a request and has its answer read.
    ///
    /// - Throws: ``LibraryClientError`` when there is none, or only nginx answers.
    func exchange<Value>(
        _ request: HTTPClientRequest, _ read: (HTTPClientResponse) async throws -> Value
    ) async throws(LibraryClientError) -> Value {
        do {
            let response = try await client.execute(request, timeout: Self.patience)
            // nginx answers these while the server is away.
            if [502, 503, 504].contains(response.status.code) {
                throw LibraryClientError(
                    .unreachable, "\(address) answers \(response.status.code): the server is not running.")
            }
            return try await read(response)
        } catch let error as LibraryClientError {
            throw error
        } catch  where Task.isCancelled {
            throw LibraryClientError(.unreachable, "Interrupted.")
        } catch let error as CocoaError {
            throw LibraryClientError(.unreadableFile, "Cannot read the file: \(error.localizedDescription)")
        } catch {
            throw LibraryClientError(.unreachable, "Cannot reach \(address): \(error). Is the server running there?")
        }
    }

    /// The error of an answer that is no success.
    func refusal(_ answer: Answer) -> LibraryClientError {
        switch answer.status {
        case 401, 403:
            return LibraryClientError(
                .refusedKey, "\(address) refuses the key. `carrel keys create` on the server makes one.")
        case 413:
            return LibraryClientError(.refused, "nginx takes no file of this size; raise its client_max_body_size.")
        default: break
        }
        let reason = answer.json["error"]?.stringValue ?? answer.json["message"]?.stringValue
        if let reason, !reason.isEmpty { return LibraryClientError(.refused, reason) }
        if answer.status == 200 || answer.status == 404 {
            return LibraryClientError(
                .unexpectedAnswer, "\(address) does not answer as Carrel's API does (status \(answer.status)).")
        }
        return LibraryClientError(.refused, "The server answers \(answer.status).")
    }
}
