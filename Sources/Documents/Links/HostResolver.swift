/// Finds the addresses of a host.
public protocol HostResolver: Sendable {
    /// - Parameter name: a domain in ASCII.
    /// - Returns: all its addresses, the preferred one first; empty when it has none or cannot be asked.
    func addresses(of name: String) async -> [IPAddress]
}
