public import AsyncHTTPClient
import NIOCore

extension LibraryServer {
    /// How a server is reached.
    public static let clientConfiguration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(10)))
        // The answer may be long in coming: it comes when the document is converted.
        configuration.timeout.read = .hours(1)
        configuration.redirectConfiguration = .disallow
        // Where nobody listens, nobody will in the next ten seconds: who asked is told at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }()
}
