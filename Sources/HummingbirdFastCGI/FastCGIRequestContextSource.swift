public import Hummingbird
public import Logging

/// What a request context is made from when a request arrives over FastCGI; ``FastCGIRequestContextSource`` for those
/// who want nothing else.
///
/// Conform a source of your own when the code that owns the request context must not know FastCGI.
public protocol FastCGIContextSource: RequestContextSource {
    /// - Parameters:
    ///   - logger: the server's logger with the request id under `hb.request.id`.
    ///   - parameters: every CGI variable of the request, such as those set by `fastcgi_param`.
    ///   - hangUp: of the client that waits for the answer.
    init(logger: Logger, parameters: FastCGIParameters, hangUp: FastCGIHangUp)
}

/// All that is known of a request beside HTTP.
public struct FastCGIRequestContextSource: FastCGIContextSource {
    /// The server's logger with the request id under `hb.request.id`.
    public let logger: Logger
    /// Every CGI variable of the request, such as those set by `fastcgi_param`.
    public let parameters: FastCGIParameters
    /// Of the client that waits for the answer.
    public let hangUp: FastCGIHangUp

    public init(logger: Logger, parameters: FastCGIParameters, hangUp: FastCGIHangUp) {
        self.logger = logger
        self.parameters = parameters
        self.hangUp = hangUp
    }
}

/// The smallest request context for a router behind a ``FastCGIServer``.
public struct BasicFastCGIRequestContext: RequestContext {
    public typealias Source = FastCGIRequestContextSource

    public var coreContext: CoreRequestContextStorage
    /// Every CGI variable of the request.
    public let fastCGIParameters: FastCGIParameters
    /// Of the client that waits for the answer.
    public let hangUp: FastCGIHangUp

    public init(source: FastCGIRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        fastCGIParameters = source.parameters
        hangUp = source.hangUp
    }
}
