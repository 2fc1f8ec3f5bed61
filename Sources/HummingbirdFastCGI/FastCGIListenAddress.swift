/// Where a ``FastCGIServer`` accepts connections.
public enum FastCGIListenAddress: Sendable, Equatable {
    /// A unix socket that the server creates and removes.
    ///
    /// A stale socket file is replaced; one on which a process answers is refused with
    /// ``FastCGIError/addressInUse(address:)``. `mode` and `group` take effect before the first connection can arrive.
    /// - Parameters:
    ///   - path: at most 107 bytes (`sun_path` of unix(7)).
    ///   - mode: permission bits, such as 0o660.
    ///   - group: owner group by name; `nil` leaves the process's own.
    case unixSocket(path: String, mode: UInt32 = 0o660, group: String? = nil)
    /// TCP on the loopback interface. Port 0 lets the system choose.
    case tcp(host: String, port: UInt16)
    /// The socket that systemd passes as descriptor 3 (`LISTEN_FDS`, `LISTEN_PID`; sd_listen_fds(3)). It stays
    /// open in systemd, so connections wait in its queue during a restart.
    case inherited
}

extension FastCGIListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unixSocket(let path, _, _): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .inherited: "inherited socket"
        }
    }
}
