import Glibc

/// Unix sockets for helpers that talk with child processes.
enum ProcessUnixSocket {
    /// Makes a socket bound to `path`, closed on exec; a stream socket also listens.
    ///
    /// - Throws: ``ProcessFailure/system(_:_:)``, `ENAMETOOLONG` for a path over 107 bytes.
    static func bind(path: String, type: __socket_type) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field -> Bool in
            guard path.utf8.count < field.count else { return false }
            field.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { throw ProcessFailure.system("bind", ENAMETOOLONG) }

        let descriptor = socket(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ProcessFailure.system("socket", errno) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, length) }
        }
        guard bound == 0, type != SOCK_STREAM || listen(descriptor, 128) == 0 else {
            let code = errno
            close(descriptor)
            throw ProcessFailure.system("bind", code)
        }
        return descriptor
    }

    /// The next datagram as text, empty when none comes within the time.
    static func receive(from descriptor: Int32, milliseconds: Int32) -> String {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, milliseconds) == 1 else { return "" }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }
}
