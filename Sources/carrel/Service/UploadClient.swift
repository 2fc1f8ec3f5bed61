import AsyncHTTPClient
import NIOCore

/// How the commands that send files reach their server.
enum UploadClient {
    static let configuration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(10)))
        // The answer may be long in coming: it comes when the document is embedded.
        configuration.timeout.read = .hours(1)
        configuration.redirectConfiguration = .disallow
        return configuration
    }()
}
