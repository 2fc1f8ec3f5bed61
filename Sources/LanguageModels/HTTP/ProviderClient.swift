public import AsyncHTTPClient
import NIOCore

/// The HTTP client's configuration that language models need.
public enum ProviderClient {
    /// As many connections as streams may be open at once; a refused connection is an error at once instead of being
    /// tried again until the time is over; redirects are errors, because a prompt must not wander to another host.
    /// There is no read limit here: ``LanguageModelCatalog`` has its own per call.
    public static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(30)))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 8192
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(FlushOncePerTurn(), position: .first)
            }
        }
        return configuration
    }
}
