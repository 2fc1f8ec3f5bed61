import Foundation

/// A blocking FastCGI client for tests: one connection, one request at a time.
///
/// Every read and write has a timeout of 60 seconds, only so that a broken server fails a test instead of hanging it.
/// Use it from a thread of its own (``onThread(_:)``), never from Swift's cooperative threads.
///
/// @unchecked Sendable: a test uses one client from one thread at a time; the descriptor does not change.
public final class FastCGIClient: @unchecked Sendable {
    /// What went wrong on the client's side.
    public enum Failure: Error, Equatable {
        case system(String, Int32)
        /// The connection ended in the middle of a record.
        case endInsideRecord
        case malformedResponse
    }

    public let descriptor: Int32
    private var isOpen = true

    public init(unixSocket path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try Self.connect(descriptor, &address)
    }

    /// Connects to 127.0.0.1.
    public init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try Self.connect(descriptor, &address)
    }

    deinit {
        hangUp()
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) throws {
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        if result != 0 { throw Failure.system("connect", errno) }
    }

    /// Closes the connection, as a client that lost interest does.
    public func hangUp() {
        if isOpen { close(descriptor) }
        isOpen = false
    }

    // MARK: Bytes

    public func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { throw Failure.system("send", errno) }
            sent += count
        }
    }

    public func send(_ records: [FastCGIRecord]) throws {
        try send(records.flatMap(\.encoded))
    }

    /// The next record, or `nil` when the server has closed the connection.
    public func readRecord() throws -> FastCGIRecord? {
        guard let header = try read(8, mayEnd: true), let content = try read(Int(header[4]) << 8 | Int(header[5])),
            try read(Int(header[6])) != nil
        else { return nil }
        return FastCGIRecord(
            type: header[1], requestID: UInt16(header[2]) << 8 | UInt16(header[3]), content: content, padding: header[6]
        )
    }

    private func read(_ count: Int, mayEnd: Bool = false) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let result = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress?.advanced(by: received), count - received, 0)
            }
            if result < 0 { throw Failure.system("recv", errno) }
            if result == 0 {
                if mayEnd, received == 0 { return nil }
                throw Failure.endInsideRecord
            }
            received += result
        }
        return bytes
    }

    // MARK: Requests

    /// Sends a whole request.
    public func send(_ request: FastCGIRequest) throws {
        try send(request.head)
        try send(FastCGIRecord.stream(request.body, type: FastCGIRecord.Kind.input, limit: 32_768))
    }

    /// Reads until the end of the request; `nil` when the connection ended without one.
    public func readResponse() throws -> FastCGIResponse? {
        var output: [UInt8] = []
        while let record = try readRecord() {
            switch record.type {
            case FastCGIRecord.Kind.output: output += record.content
            case FastCGIRecord.Kind.endRequest: return try FastCGIResponse(output: output)
            default: break
            }
        }
        return nil
    }

    /// Reads output until it contains `text`; returns what has been read.
    public func readOutput(until text: String) throws -> String {
        var output: [UInt8] = []
        while let record = try readRecord() {
            if record.type == FastCGIRecord.Kind.output { output += record.content }
            let soFar = String(decoding: output, as: UTF8.self)
            if soFar.contains(text) { return soFar }
        }
        throw Failure.endInsideRecord
    }

    /// Runs blocking `work` on a thread of its own.
    public static func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Swift.Result { try work() }) }
            thread.stackSize = 512 * 1024
            thread.start()
        }
    }
}
