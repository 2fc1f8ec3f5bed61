import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OrderedJSON

/// Where a provider is and how it is spoken to: base address, headers and time limits.
struct ProviderEndpoint: Sendable {
    /// Larger answers in one piece are not believed.
    static let maximumAnswerLength = 64 * 1024 * 1024
    /// So much of an error page is read.
    private static let maximumErrorLength = 64 * 1024

    let client: HTTPClient
    /// Without a slash at the end.
    let base: String
    let headers: HTTPHeaders
    let timeouts: ProviderTimeouts

    init(client: HTTPClient, base: String, headers: HTTPHeaders = HTTPHeaders(), timeouts: ProviderTimeouts) {
        self.client = client
        self.base = String(base.reversed().drop { $0 == "/" }.reversed())
        self.headers = headers
        self.timeouts = timeouts
    }

    /// Posts JSON and waits for the head of a successful answer, whose body the caller reads.
    ///
    /// - Throws: the provider's refusal as `upstreamStatus`, with its own message.
    func post(
        _ path: String, _ body: JSONValue, isStreamed: Bool
    ) async throws(LanguageModelError) -> (exchange: ProviderExchange, head: HTTPResponseHead) {
        var headers = headers
        headers.replaceOrAdd(name: "Content-Type", value: "application/json")
        return try await send(.POST, path, headers, .bytes(body.encoded()), isStreamed: isStreamed)
    }

    /// Posts JSON and reads the whole answer as JSON.
    func json(_ path: String, _ body: JSONValue) async throws(LanguageModelError) -> JSONValue {
        let (exchange, _) = try await post(path, body, isStreamed: false)
        return try await Self.json(exchange)
    }

    /// Gets JSON.
    func get(_ path: String) async throws(LanguageModelError) -> JSONValue {
        let (exchange, _) = try await send(.GET, path, headers, nil, isStreamed: false)
        return try await Self.json(exchange)
    }

    /// Reads the rest of the answer as one JSON value.
    static func json(_ exchange: ProviderExchange) async throws(LanguageModelError) -> JSONValue {
        let body = try await exchange.body(limit: maximumAnswerLength)
        do {
            return try JSONParser.parse(body.readableBytesView)
        } catch {
            throw LanguageModelError(
                .malformedAnswer, "The provider's answer is not JSON: \(error.description)", cause: error)
        }
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: HTTPClient.Body?, isStreamed: Bool
    ) async throws(LanguageModelError) -> (exchange: ProviderExchange, head: HTTPResponseHead) {
        let request: HTTPClient.Request
        do {
            request = try HTTPClient.Request(url: base + path, method: method, headers: headers, body: body)
        } catch {
            throw .connectionFailed(error)
        }
        let exchange = ProviderExchange.start(request, with: client, timeouts: timeouts, isStreamed: isStreamed)
        let head = try await exchange.head()
        guard (200..<300).contains(head.status.code) else {
            throw try await Self.refusal(Int(head.status.code), exchange)
        }
        return (exchange, head)
    }

    private static func refusal(
        _ status: Int, _ exchange: ProviderExchange
    ) async throws(LanguageModelError) -> LanguageModelError {
        var body: [UInt8] = []
        do throws(LanguageModelError) {
            while body.count < maximumErrorLength, let part = try await exchange.nextPart() {
                body.append(contentsOf: part.readableBytesView)
            }
        } catch  where error.code != .cancelled {
            // The status says enough; what came of the body is shown.
        }
        exchange.cancel()
        return LanguageModelError(.upstreamStatus(status), ProviderRefusal.message(status: status, body: body))
    }
}
