import NIOHTTP1

/// How a request proves who sends it.
enum RequestAuthorization: Sendable {
    /// The headers of the endpoint are all there is.
    case headers
    /// Each request is signed on its own, with the time of its sending.
    case signature(AWSSignature)

    /// - Parameters:
    ///   - path: of the URL, percent-encoded as it is sent.
    ///   - now: seconds since 1 January 1970.
    func headers(
        _ headers: HTTPHeaders, method: HTTPMethod, host: String, path: String, body: [UInt8], now: Double
    ) -> HTTPHeaders {
        switch self {
        case .headers: return headers
        case .signature(let signature):
            var headers = headers
            let time = UTCTime(unixSeconds: Int(now))
            let signed = signature.headers(
                method: method.rawValue, host: host, path: path,
                contentType: headers.first(name: "Content-Type"), body: body, time: time)
            for (name, value) in signed { headers.replaceOrAdd(name: name, value: value) }
            return headers
        }
    }
}
