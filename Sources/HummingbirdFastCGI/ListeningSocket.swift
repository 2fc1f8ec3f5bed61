import Glibc

/// A socket that listens, and what must be undone when it stops.
final class ListeningSocket: Sendable {
    /// First descriptor that systemd passes (sd_listen_fds(3), `SD_LISTEN_FDS_START`).
    static let firstInheritedDescriptor: Int32 = 3

    let descriptor: Int32
    let isTCP: Bool
    /// The address as bound: with the port that the system chose.
    let address: FastCGIListenAddress
    /// Inode of the socket file we made, so that a successor's file is not removed.
    private let createdInode: ino_t?

    private init(descriptor: Int32, isTCP: Bool, address: FastCGIListenAddress, createdInode: ino_t? = nil) {
        self.descriptor = descriptor
        self.isTCP = isTCP
        self.address = address
        self.createdInode = createdInode
    }

    deinit {
        removeFile()
        _ = close(descriptor)
    }

    /// Removes the socket file, if it is still ours: no new connection can begin.
    func removeFile() {
        guard case .unixSocket(let path, _, _) = address, let createdInode else { return }
        if Self.status(of: path)?.st_ino == createdInode { _ = unlink(path) }
    }

    /// - Parameters:
    ///   - environment: where `.inherited` looks for `LISTEN_PID` and `LISTEN_FDS`.
    ///   - inheritedDescriptor: the descriptor it then takes.
    static func open(
        _ address: FastCGIListenAddress, backlog: Int32, environment: [String: String],
        inheritedDescriptor: Int32 = firstInheritedDescriptor
    ) throws(FastCGIError) -> ListeningSocket {
        switch address {
        case .unixSocket(let path, let mode, let group):
            try openUnix(path, mode, group, backlog)
        case .tcp(let host, let port):
            try openTCP(host, port, backlog)
        case .inherited:
            try openInherited(environment, inheritedDescriptor)
        }
    }

    // MARK: Unix socket

    private static func openUnix(
        _ path: String, _ mode: UInt32, _ group: String?, _ backlog: Int32
    ) throws(FastCGIError) -> ListeningSocket {
        let address = try unixAddress(path)
        let groupID = try group.map { name throws(FastCGIError) in try identifier(ofGroup: name) }
        try removeStaleSocket(path, address)
        let descriptor = try makeSocket(AF_UNIX)
        do {
            try bindSocket(descriptor, address)
            // Before listen, so that nobody connects under other permissions than these.
            try System.retrying("chmod \(path)") { chmod(path, mode) }
            if let groupID { try System.retrying("chown \(path)") { chown(path, uid_t.max, groupID) } }
            try System.retrying("listen") { listen(descriptor, backlog) }
        } catch {
            _ = close(descriptor)
            throw error
        }
        return ListeningSocket(
            descriptor: descriptor, isTCP: false, address: .unixSocket(path: path, mode: mode, group: group),
            createdInode: status(of: path)?.st_ino)
    }

    private static func unixAddress(_ path: String) throws(FastCGIError) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard !path.isEmpty, path.utf8.count < capacity, !path.utf8.contains(0) else {
            throw .invalidConfiguration(
                setting: "socket path", value: path, rule: "1 to \(capacity - 1) bytes without NUL")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return address
    }

    /// A socket file on which nobody answers is what a killed process leaves behind.
    private static func removeStaleSocket(_ path: String, _ address: sockaddr_un) throws(FastCGIError) {
        guard let found = status(of: path) else { return }
        guard found.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = try makeSocket(AF_UNIX)
        defer { _ = close(probe) }
        var address = address
        let isLive = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(probe, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 || errno != ECONNREFUSED
            }
        }
        if isLive { throw .addressInUse(address: "unix:\(path)") }
        try System.retrying("unlink \(path)") { unlink(path) }
    }

    private static func status(of path: String) -> stat? {
        var result = stat()
        return lstat(path, &result) == 0 ? result : nil
    }

    private static func identifier(ofGroup name: String) throws(FastCGIError) -> gid_t {
        var group = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var space = [CChar](repeating: 0, count: 65_536)
        let code = getgrnam_r(name, &group, &space, space.count, &found)
        guard code == 0, found != nil else { throw .unknownGroup(name: name) }
        return group.gr_gid
    }

    // MARK: TCP

    private static func openTCP(
        _ host: String, _ port: UInt16, _ backlog: Int32
    ) throws(FastCGIError) -> ListeningSocket {
        var version4 = in_addr()
        var version6 = in6_addr()
        let name = host == "localhost" ? "127.0.0.1" : host
        if inet_pton(AF_INET, name, &version4) == 1, UInt32(bigEndian: version4.s_addr) >> 24 == 127 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr = version4
            return try listenTCP(AF_INET, address, host, backlog)
        }
        let loopback6 = [UInt8](repeating: 0, count: 15) + [1]
        if inet_pton(AF_INET6, name, &version6) == 1, withUnsafeBytes(of: version6, { $0.elementsEqual(loopback6) }) {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = version6
            return try listenTCP(AF_INET6, address, host, backlog)
        }
        throw .notLoopback(host: host)
    }

    private static func listenTCP(
        _ family: Int32, _ address: some Any, _ host: String, _ backlog: Int32
    ) throws(FastCGIError) -> ListeningSocket {
        let descriptor = try makeSocket(family)
        do {
            var on: Int32 = 1
            _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
            try bindSocket(descriptor, address)
            try System.retrying("listen") { listen(descriptor, backlog) }
            let bound: FastCGIListenAddress = .tcp(host: host, port: boundPort(descriptor))
            return ListeningSocket(descriptor: descriptor, isTCP: true, address: bound)
        } catch {
            _ = close(descriptor)
            if case .system(_, EADDRINUSE) = error { throw .addressInUse(address: host) }
            throw error
        }
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        // The port has the same place in both families' addresses.
        return UInt16(bigEndian: address.sin6_port)
    }

    // MARK: Inherited

    private static func openInherited(
        _ environment: [String: String], _ descriptor: Int32
    ) throws(FastCGIError) -> ListeningSocket {
        guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), count >= 1 else {
            throw .noInheritedSocket(reason: "LISTEN_FDS is not set")
        }
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == getpid() else {
            throw .noInheritedSocket(reason: "LISTEN_PID is not this process")
        }
        guard count == 1 else { throw .noInheritedSocket(reason: "LISTEN_FDS is \(count), expected 1") }
        guard option(SO_ACCEPTCONN, of: descriptor) == 1 else {
            throw .noInheritedSocket(reason: "descriptor \(descriptor) does not listen")
        }
        try System.setNonBlocking(descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let isTCP = option(SO_DOMAIN, of: descriptor) != AF_UNIX
        return ListeningSocket(descriptor: descriptor, isTCP: isTCP, address: .inherited)
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    // MARK: Calls

    private static func makeSocket(_ family: Int32) throws(FastCGIError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        return try System.retrying("socket") { socket(family, type, 0) }
    }

    private static func bindSocket(_ descriptor: Int32, _ address: some Any) throws(FastCGIError) {
        let code = withUnsafeBytes(of: address) { raw -> Int32 in
            guard let base = raw.baseAddress else { return EINVAL }
            let result = bind(descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
            return result == 0 ? 0 : errno
        }
        if code != 0 { throw .system(call: "bind", code: code) }
    }
}
