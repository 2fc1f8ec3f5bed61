import Foundation

/// The resolver of the operating system, `hosts` file included.
public struct SystemResolver: HostResolver {
    public init() {}

    /// `getaddrinfo` blocks, so each question has a thread of its own, which ends when the system gives up.
    public func addresses(of name: String) async -> [IPAddress] {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: Self.ask(name)) }
            thread.name = "carrel.resolve"
            thread.start()
        }
    }

    private static func ask(_ name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let info = next?.pointee {
            if let address = address(info), !addresses.contains(address) { addresses.append(address) }
            next = info.ai_next
        }
        return addresses
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let pointer = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch info.ai_family {
        case AF_INET:
            return .v4(UInt32(bigEndian: pointer.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            var bytes = pointer.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: &bytes) { bytes in
                var pieces = SIMD8<UInt16>()
                for index in 0..<8 { pieces[index] = UInt16(bytes[2 * index]) << 8 | UInt16(bytes[2 * index + 1]) }
                return .v6(pieces)
            }
        default: return nil
        }
    }
}
