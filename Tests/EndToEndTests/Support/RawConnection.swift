import Foundation
import TestSupport

/// A connection to nginx on which a test writes bytes that no HTTP client would.
enum RawConnection {
    /// - Parameters:
    ///   - bytes: everything that is sent.
    ///   - isClosed: whether the client says that nothing more will come.
    ///   - isReceived: told of all that has been received, each time that something comes.
    /// - Returns: what was received until nginx closed the connection; empty when it said nothing.
    static func exchange(
        _ nginx: NginxServer, _ bytes: [UInt8], isClosed: Bool = false,
        isReceived: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> String {
        let port = nginx.httpPort
        return try await FastCGIClient.onThread {
            let connection = try FastCGIClient(port: port)
            try connection.send(bytes)
            if isClosed { shutdown(connection.descriptor, Int32(SHUT_WR)) }
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(connection.descriptor, &buffer, buffer.count, 0)
                // A reset is an end like any other.
                if count <= 0 { return String(decoding: received, as: UTF8.self) }
                received += buffer[..<count]
                isReceived(String(decoding: received, as: UTF8.self))
            }
        }
    }

    /// A request whose connection ends with its answer.
    static func request(_ method: String, _ path: [UInt8], _ headers: [String], body: [UInt8] = []) -> [UInt8] {
        let lines = (["Host: localhost", "Connection: close"] + headers).map { $0 + "\r\n" }.joined()
        return Array("\(method) ".utf8) + path + Array(" HTTP/1.1\r\n\(lines)\r\n".utf8) + body
    }
}
