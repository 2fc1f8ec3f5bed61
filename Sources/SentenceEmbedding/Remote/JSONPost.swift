import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import OrderedJSON

/// One POST of JSON to a provider whose answer is JSON.
struct JSONPost: Sendable {
    /// What went wrong, in the words of the OpenAI client library that the reference uses.
    struct Failure: Error {
        var message: String
        /// Of an answer that is a refusal.
        var status: UInt?
        var retryAfter: String?
        var isCancelled = false
        /// No connection came about.
        var isUnreachable = false
        var cause: (any Error)?
    }

    /// Larger answers are not believed: 500 vectors of 4,096 decimal numbers have about 45 MB.
    static let maximumAnswerLength = 256 * 1024 * 1024
    private static let maximumMessageLength = 4096
    private static let mostStaleConnections = 3

    var url: String
    /// Sent as bearer token.
    var key: String?
    /// Further ones.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
    /// From the call to the last byte of the answer.
    var timeout: Duration

    func send(with client: HTTPClient) async throws(Failure) -> JSONValue {
        let (head, answer) = try await exchange(with: client)
        guard (200..<300).contains(head.status) else {
            throw Failure(
                message: "\(head.status) " + Self.explanation(answer), status: head.status, retryAfter: head.retryAfter)
        }
        do {
            return try JSONParser.parse(answer.readableBytesView)
        } catch {
            throw Failure(message: "the server's answer is not JSON: \(error.description)", cause: error)
        }
    }

    private struct Head {
        var status: UInt
        var retryAfter: String?
    }

    /// Runs the request beside a clock; the first to end ends the other.
    private func exchange(with client: HTTPClient) async throws(Failure) -> (head: Head, body: ByteBuffer) {
        do {
            return try await withThrowingTaskGroup(of: (Head, ByteBuffer).self) { group in
                group.addTask { try await request(with: client) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    throw Failure(message: "Request timed out.")
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next() else { throw CancellationError() }
                return answer
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            if Task.isCancelled { throw Failure(message: "", isCancelled: true, cause: error) }
            throw Failure(message: "Connection error.", isUnreachable: true, cause: error)
        }
    }

    private func request(with client: HTTPClient) async throws -> (Head, ByteBuffer) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "Accept": "application/json"]
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await Self.response(to: request, client)
        do {
            let head = Head(
                status: response.status.code, retryAfter: response.headers.first(name: "Retry-After"))
            return (head, try await response.body.collect(upTo: Self.maximumAnswerLength))
        } catch is NIOTooManyBytesError {
            throw Failure(message: "the server's answer has more than \(Self.maximumAnswerLength) bytes.")
        } catch {
            throw Task.isCancelled ? error : Failure(message: "Premature close", cause: error)
        }
    }

    /// A server may close a connection that was kept as the next request comes; nothing has been answered then, and what
    /// is posted here changes nothing, so it is posted again.
    private static func response(
        to request: HTTPClientRequest, _ client: HTTPClient
    ) async throws -> HTTPClientResponse {
        for _ in 0..<mostStaleConnections {
            do {
                return try await client.execute(request, deadline: .distantFuture)
            } catch let error as HTTPClientError where error == .remoteConnectionClosed {
                continue
            } catch let error as IOError where error.errnoCode == ECONNRESET || error.errnoCode == EPIPE {
                continue
            }
        }
        return try await client.execute(request, deadline: .distantFuture)
    }

    /// The provider's message in an error body, or the body itself when it is not JSON.
    private static func explanation(_ body: ByteBuffer) -> String {
        let text = String(decoding: body.readableBytesView.prefix(maximumMessageLength), as: UTF8.self)
        if text.isEmpty { return "status code (no body)" }
        guard let json = try? JSONParser.parse(body.readableBytesView) else { return text }  // a page, shown as it is
        let error = json["error"] ?? json
        return error.stringValue ?? error["message"]?.stringValue ?? error.text
    }
}
