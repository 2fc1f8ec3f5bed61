import NIOHTTP1

/// How a request proves who sends it.
enum RequestAuthorization: Sendable {
    /// The headers of the endpoint are all there is.
    case headers
    /// Each request is signed on its own, with the time of its sending.
    case signature(AWSSignature)

    /// - Parameters:
    ///   - url: percent-encoded as it is sent.
    ///   - now: seconds since 1 January 1970.
    func headers(
        _ headers: HTTPHeaders, method: HTTPMethod, url: String, body: [UInt8], now: Double
    ) -> HTTPHeaders {
        switch self {
        case .headers: return headers
        case .signature(let signature):
            var headers = headers
            let time = UTCTime(unixSeconds: Int(now))
            let signed = signature.headers(
                method: method.rawValue, host: Self.authority(url), path: Self.path(url),
                contentType: headers.first(name: "Content-Type"), body: body, time: time)
            for (name, value) in signed { headers.replaceOrAdd(name: name, value: value) }
            return headers
        }
    }

    /// Host and port as the `Host` header says them: without credentials and the scheme's own port.
    private static func authority(_ url: String) -> String {
        let scheme = url.firstRange(of: "://").map { url[..<$0.lowerBound] } ?? ""
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let ownPort = scheme.lowercased() == "https" ? ":443" : ":80"
        return String(host.hasSuffix(ownPort) ? host.dropLast(ownPort.count) : host)
    }

    /// The path as it stands in the address, without the query.
    private static func path(_ url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let path = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "?" }
        return path.isEmpty ? "/" : String(path)
    }
}
