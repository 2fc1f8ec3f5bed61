import Foundation
import Glibc

/// The smallest FastCGI responder that shows what nginx passes on.
///
/// Answers every request with its parameters, one `NAME=value` a line, and the number of body bytes as `BODY=n`. The
/// query `status=403` gives that status with the body `{"message":"mine"}`, for tests of what passes untouched.
/// Source of the record format: FastCGI Specification 1.0, section 3.3.
public final class NginxEchoBackend: Sendable {
    public let socketPath: String
    private let listener: Int32
    private let directory: TemporaryDirectory

    /// - Throws: ``ProcessFailure/system(_:_:)``.
    public init() throws {
        directory = try TemporaryDirectory()
        socketPath = directory.file("backend")
        listener = try ProcessUnixSocket.bind(path: socketPath, type: SOCK_STREAM)
        Thread.detachNewThread { [listener] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                Thread.detachNewThread {
                    while Self.serve(connection) {}
                    close(connection)
                }
            }
        }
    }

    deinit {
        // Wakes the thread in accept, which closing alone does not.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Serves one request; false when the connection is over.
    private static func serve(_ connection: Int32) -> Bool {
        var parameters: [UInt8] = []
        var bodyLength = 0
        var keepsConnection = false
        while let (kind, content) = record(from: connection) {
            switch kind {
            case 1: keepsConnection = content.count > 2 && content[2] & 1 == 1
            case 4: parameters += content
            case 5 where content.isEmpty:
                let sent = answer(pairs(in: parameters), bodyLength, on: connection)
                return sent && keepsConnection
            case 5: bodyLength += content.count
            default: return false
            }
        }
        return false
    }

    private static func answer(_ pairs: [(String, String)], _ bodyLength: Int, on connection: Int32) -> Bool {
        let query = pairs.first { $0.0 == "QUERY_STRING" }?.1 ?? ""
        let status = query.hasPrefix("status=") ? String(query.dropFirst(7)) : "200"
        let listing = pairs.map { "\($0.0)=\($0.1)\n" }.joined() + "BODY=\(bodyLength)\n"
        let body = status == "200" ? listing : #"{"message":"mine"}"#
        let text = "Status: \(status)\r\nContent-Type: text/plain\r\n\r\n" + body
        // Standard output, its end, and the end of the request, which is 8 bytes of zero for success.
        let bytes = header(6, Array(text.utf8)) + header(6, []) + header(3, [UInt8](repeating: 0, count: 8))
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// A record of request 1, the only id that nginx uses.
    private static func header(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
        [1, kind, 0, 1, UInt8(content.count >> 8 & 0xFF), UInt8(content.count & 0xFF), 0, 0] + content
    }

    private static func record(from connection: Int32) -> (kind: UInt8, content: [UInt8])? {
        guard let head = bytes(8, from: connection) else { return nil }
        let length = Int(head[4]) << 8 | Int(head[5])
        guard let content = bytes(length + Int(head[6]), from: connection) else { return nil }
        return (head[1], Array(content.prefix(length)))
    }

    private static func bytes(_ count: Int, from connection: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = buffer.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            guard got > 0 else { return nil }
            filled += got
        }
        return buffer
    }

    /// Name-value pairs: each length is one byte, or four with the highest bit set (section 3.4).
    private static func pairs(in bytes: [UInt8]) -> [(String, String)] {
        var rest = bytes[...]
        func length() -> Int? {
            guard let first = rest.first else { return nil }
            guard first >= 0x80 else { return Int(rest.removeFirst()) }
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        }
        var result: [(String, String)] = []
        while let name = length(), let value = length(), rest.count >= name + value {
            let text = (
                String(decoding: rest.prefix(name), as: UTF8.self),
                String(decoding: rest.dropFirst(name).prefix(value), as: UTF8.self)
            )
            result.append(text)
            rest = rest.dropFirst(name + value)
        }
        return result
    }
}
