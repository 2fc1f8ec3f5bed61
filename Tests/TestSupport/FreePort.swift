import Glibc
import Synchronization

/// Loopback ports that nothing listens on.
///
/// Another process may take a port between this call and its use, so whoever starts a server on one tries again with
/// another when the address is in use.
public enum FreePort {
    /// Ports given out by this process: the kernel would give the same one again as long as nothing listens on it.
    private static let given = Mutex<Set<UInt16>>([])

    /// - Throws: ``ProcessFailure`` when the kernel has no port to give.
    public static func next() throws -> UInt16 {
        while true {
            let port = try ephemeral()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
    }

    private static func ephemeral() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ProcessFailure.system("socket", errno) }
        defer { close(descriptor) }

        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard result == 0 else { throw ProcessFailure.system("bind", errno) }
        return UInt16(bigEndian: address.sin_port)
    }
}
