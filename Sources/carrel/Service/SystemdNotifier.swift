import Foundation
import ServiceLifecycle

/// Tells systemd that the server is ready, alive and stopping (sd_notify(3)); does nothing outside systemd.
struct SystemdNotifier: Service {
    private let socketPath: String?
    /// Half of the time in which systemd wants a sign of life.
    private let watchdogInterval: Duration?

    init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"]
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap { Int($0) }.map { .microseconds($0 / 2) }
    }

    /// Sends signs of life until the server stops.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                notify("WATCHDOG=1")
                // Cancelled by the shutdown, which ends the loop.
                try? await Task.sleep(for: watchdogInterval ?? .seconds(3600))
            }
        }
        notify("STOPPING=1")
    }

    /// Sends one datagram; a systemd that does not listen is no reason to stop.
    func notify(_ state: String) {
        guard let socketPath, !socketPath.isEmpty else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A leading @ stands for the abstract name space, whose names begin with a zero byte.
        var path = Array(socketPath.utf8)
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = MemoryLayout<sa_family_t>.size + path.count
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, state, state.utf8.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
            }
        }
    }
}
