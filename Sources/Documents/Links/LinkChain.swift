import AsyncHTTPClient
import Foundation
import NIOHTTP1

/// The requests that one link leads through.
struct LinkChain: Sendable {
    let fetcher: LinkFetcher
    let link: LinkAddress
    let headers: ScraperHeaders
    let method: HTTPMethod
    let sizeLimit: Int

    private enum Step<Result: Sendable>: Sendable {
        case redirect(WebURL)
        case end(Result)
    }

    func run<Result: Sendable>(
        _ read: @escaping @Sendable (LinkAnswer) async throws -> Result
    ) async throws -> Result {
        var url = link.url
        for _ in 0...fetcher.limits.redirects {
            switch try await step(url, read) {
            case .end(let result): return result
            case .redirect(let next): url = next
            }
        }
        throw LinkRefusal.tooManyRedirects(link: link.text, limit: fetcher.limits.redirects)
    }

    /// One URL: checked, then asked at its addresses one after another until a connection stands.
    private func step<Result: Sendable>(
        _ url: WebURL, _ read: @escaping @Sendable (LinkAnswer) async throws -> Result
    ) async throws -> Step<Result> {
        let addresses = try await fetcher.linkGuard.addresses(of: url, link: link)
        let request = request(url)
        var failure: any Error = LinkRefusal.noContent(link: link.text)
        for address in addresses.prefix(fetcher.limits.addresses) {
            do {
                return try await fetcher.exchange.send(request, to: address) { response in
                    if let target = try redirect(response, from: url) { return .redirect(target) }
                    return .end(try await read(LinkAnswer(response: response, url: url, chain: self)))
                }
            } catch let error as LinkExchange.Unreachable {
                failure = error.cause
            }
            try Task.checkCancellation()
        }
        throw failure
    }

    private func request(_ url: WebURL) -> LinkExchange.Request {
        let isOwnOrigin = url.hasSameOrigin(as: link.url)
        var fields = HTTPHeaders(Self.standardHeaders)
        if isOwnOrigin {
            for field in headers.fields { fields.replaceOrAdd(name: field.name, value: field.value) }
            if let secret = basicAuthorization, !fields.contains(name: "Authorization") {
                fields.add(name: "Authorization", value: secret)
            }
        }
        let isSecret = isOwnOrigin && (!headers.fields.isEmpty || basicAuthorization != nil)
        return LinkExchange.Request(
            method: method, url: url.withoutUserAndFragment, headers: fields, verifiesServer: isSecret,
            sizeLimit: sizeLimit)
    }

    /// What a browser sends; many servers answer nobody else.
    private static let standardHeaders = [
        (
            "User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
        ),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "en-US,en;q=0.9"),
        ("Accept-Encoding", "gzip, deflate"),
    ]

    /// Name and password of the link (RFC 7617).
    private var basicAuthorization: String? {
        if link.url.user.isEmpty, link.url.password.isEmpty { return nil }
        let secret = URLEncoding.decode(link.url.user) + Array(":".utf8) + URLEncoding.decode(link.url.password)
        return "Basic " + Data(secret).base64EncodedString()
    }

    /// Where an answer sends the client; nil when it is an answer.
    private func redirect(_ response: HTTPClientResponse, from url: WebURL) throws -> WebURL? {
        guard [301, 302, 303, 307, 308].contains(response.status.code),
            let location = response.headers.first(name: "Location")
        else { return nil }
        do {
            return try WebURL(parsing: location, base: url)
        } catch {
            throw LinkRefusal.invalidURL
        }
    }
}
