import Foundation
import Synchronization

/// The resolver of the operating system, `hosts` file included.
public struct SystemResolver: HostResolver {
    public init() {}

    /// `getaddrinfo` blocks, so each question has a thread of its own, which ends when the system gives up. Who asks does
    /// not wait that long when the task is cancelled.
    public func addresses(of name: String) async -> [IPAddress] {
        let question = Question()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard question.ask(continuation) else { return continuation.resume(returning: []) }
                let thread = Thread { question.answer(Self.ask(name)) }
                thread.name = "carrel.resolve"
                thread.start()
            }
        } onCancel: {
            question.answer([])
        }
    }

    /// Is answered once, by whoever comes first.
    private final class Question: Sendable {
        private enum State {
            case open
            case asked(CheckedContinuation<[IPAddress], Never>)
            case answered
        }

        private let state = Mutex(State.open)

        /// - Returns: false when it has been answered already.
        func ask(_ continuation: CheckedContinuation<[IPAddress], Never>) -> Bool {
            state.withLock { state in
                guard case .open = state else { return false }
                state = .asked(continuation)
                return true
            }
        }

        func answer(_ addresses: [IPAddress]) {
            let continuation = state.withLock { state -> CheckedContinuation<[IPAddress], Never>? in
                defer { state = .answered }
                if case .asked(let continuation) = state { return continuation }
                return nil
            }
            continuation?.resume(returning: addresses)
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
