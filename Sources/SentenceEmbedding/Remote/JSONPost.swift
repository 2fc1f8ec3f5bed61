import DescriptorWaiting
import NIOCore
import NIOHTTP1
import OrderedJSON
import ProviderHTTP

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

    var url: String
    /// Beside those of JSON.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
    /// From the call to the last byte of the answer.
    var timeout: Duration

    func send(with client: ProviderClient) async throws(Failure) -> JSONValue {
        let (head, answer) = try await exchange(with: client)
        guard (200..<300).contains(head.status.code) else {
            throw Failure(
                message: "\(head.status.code) " + Self.explanation(answer), status: head.status.code,
                retryAfter: head.headers.first(name: "Retry-After"))
        }
        do {
            return try JSONParser.parse(answer.readableBytesView)
        } catch {
            throw Failure(message: "the server's answer is not JSON: \(error.description)", cause: error)
        }
    }

    private func exchange(with client: ProviderClient) async throws(Failure) -> (
        head: HTTPResponseHead, body: ByteBuffer
    ) {
        let deadline = MonotonicClock.now(adding: timeout)
        var call = HTTPCall(
            url: url, headers: ["Content-Type": "application/json", "Accept": "application/json"], body: body)
        for header in headers { call.headers.add(name: header.name, value: header.value) }
        do {
            let exchange = try HTTPExchange(call, with: client)
            let head = try await exchange.head(until: deadline)
            guard let body = try await exchange.body(limit: Self.maximumAnswerLength, until: deadline) else {
                throw Failure(message: "the server's answer has more than \(Self.maximumAnswerLength) bytes.")
            }
            return (head, body)
        } catch let failure as HTTPFailure {
            throw Self.failure(failure)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(message: "Connection error.", isUnreachable: true, cause: error)
        }
    }

    private static func failure(_ failure: HTTPFailure) -> Failure {
        switch failure {
        case .unreachable: Failure(message: "Connection error.", isUnreachable: true, cause: failure)
        case .interrupted: Failure(message: "Premature close", cause: failure)
        case .timedOut: Failure(message: "Request timed out.", cause: failure)
        case .cancelled: Failure(message: "", isCancelled: true, cause: failure)
        }
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
