import NIOCore
import NIOHTTP1
import OrderedJSON
import ProviderHTTP

/// Where a provider is and how it is spoken to: base address, headers, time limits and the budget of further tries.
struct ProviderEndpoint: Sendable {
    /// Larger answers in one piece are not believed.
    static let maximumAnswerLength = 64 * 1024 * 1024
    /// So much of an error page is read.
    private static let maximumErrorLength = 64 * 1024

    let client: ProviderClient
    /// Without a slash at the end.
    var base: String
    var headers: HTTPHeaders
    var authorization = RequestAuthorization.headers
    var timeouts: ProviderTimeouts
    var retries = RetryBudget()
    var clock = ProviderClock.system

    init(client: ProviderClient, base: String, headers: HTTPHeaders = HTTPHeaders(), timeouts: ProviderTimeouts) {
        self.client = client
        self.base = base
        while self.base.utf8.last == UInt8(ascii: "/") { self.base.removeLast() }
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
        return try await send(.POST, path, headers, body.encoded(), isStreamed: isStreamed)
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
}

extension ProviderEndpoint {
    /// Sends until the provider accepts, refuses for good or the budget of further tries is used up.
    private func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: [UInt8]?, isStreamed: Bool
    ) async throws(LanguageModelError) -> (exchange: ProviderExchange, head: HTTPResponseHead) {
        var budget = retries
        while true {
            let call = call(method, path, headers, body)
            let exchange = try ProviderExchange(call, with: client, timeouts: timeouts, isStreamed: isStreamed)
            let head = try await exchange.head()
            if (200..<300).contains(head.status.code) { return (exchange, head) }
            let status = Int(head.status.code)
            let refusal = try await Self.refusal(status, exchange)
            let wait = budget.wait(
                status: status, retryAfter: head.headers.first(name: "Retry-After"), now: clock.now())
            guard let wait, !timeouts.isOver(after: wait) else { throw refusal }
            do { try await clock.sleep(wait) } catch { throw .cancelled }
        }
    }

    private func call(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: [UInt8]?) -> HTTPCall {
        let url = base + path
        let headers = authorization.headers(headers, method: method, url: url, body: body ?? [], now: clock.now())
        return HTTPCall(url: url, headers: headers, body: body)
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
