import Glibc

/// A loopback port that nothing listens on.
enum LocalPort {
    /// - Throws: ``BenchmarkFailure`` when the kernel has none.
    static func free() throws -> UInt16 {
        let (descriptor, port) = try listen(backlog: nil)
        close(descriptor)
        return port
    }

    /// A socket bound to a free port of 127.0.0.1.
    ///
    /// - Parameter backlog: nil to bind only.
    /// - Throws: ``BenchmarkFailure`` with the call that failed.
    static func listen(backlog: Int32?) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var address = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0, backlog.map({ Glibc.listen(descriptor, $0) == 0 }) ?? true else {
            defer { close(descriptor) }
            throw failure("bind")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// - Returns: a connected, non-blocking socket.
    /// - Throws: ``BenchmarkFailure`` with the reason.
    static func connect(to port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var address = address(port: port)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            defer { close(descriptor) }
            throw failure("connect")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func failure(_ call: String) -> BenchmarkFailure {
        BenchmarkFailure("\(call): \(String(cString: strerror(errno)))")
    }
}
