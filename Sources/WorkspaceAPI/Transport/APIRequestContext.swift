import Foundation
public import Hummingbird
public import Logging
public import Workspaces

/// What the transport knows of a request beside HTTP.
public struct APIRequestContextSource: RequestContextSource {
    public var logger: Logger
    /// The id of the API key that nginx found, nil or empty when it found none.
    public var keyID: String?
    /// Of the client.
    public var hangUp: HangUp

    public init(logger: Logger, keyID: String?, hangUp: HangUp = .never) {
        self.logger = logger
        self.keyID = keyID
        self.hangUp = hangUp
    }
}

/// The context of a request on its way through the router.
public struct APIRequestContext: RequestContext {
    public typealias Source = APIRequestContextSource

    public var coreContext: CoreRequestContextStorage
    /// The id of the API key, for handlers that come to care whose request it is.
    public let keyID: String?
    /// Of the client; endpoints hand it to the use cases that may give up.
    let hangUp: HangUp
    /// Of a request with an `Idempotency-Key` that is answered for the first time.
    var repetition: Repetition?

    public init(source: APIRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        hangUp = source.hangUp
        keyID = source.keyID.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension APIRequestContext {
    /// A segment of the path, percent-decoded; compared case-sensitively by those who use it.
    ///
    /// The router hands out segments as they were sent. ``RejectMalformedPaths`` has let only those through that can be
    /// decoded.
    func segment(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        // Foundation takes several microseconds even when there is nothing to decode.
        guard raw.utf8.contains(UInt8(ascii: "%")) else { return raw }
        return raw.removingPercentEncoding ?? raw
    }
}
