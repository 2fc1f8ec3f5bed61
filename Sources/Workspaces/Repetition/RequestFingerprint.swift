import Crypto
import Foundation
import Synchronization

/// The hash of what a request says, made while its body is read: equal for a request and its repetition.
///
/// Clients draw the boundary of a form anew for each try, so it does not count.
public final class RequestFingerprint: Sendable {
    private struct State {
        var hash = SHA256()
        /// Bytes that may begin a boundary.
        var rest: [UInt8] = []
    }

    private let boundary: [UInt8]
    private let state: Mutex<State>

    /// - Parameters:
    ///   - head: what counts beside the body, such as query and media type.
    ///   - boundary: of a `multipart` body.
    public init(head: [String], boundary: String?) {
        self.boundary = Array((boundary ?? "").utf8)
        var hash = SHA256()
        for part in head { hash.update(data: Array("\(part.utf8.count) \(part)\n".utf8)) }
        state = Mutex(State(hash: hash))
    }

    /// Takes the next bytes of the body, in pieces of any size.
    public func update(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            if boundary.isEmpty {
                state.hash.update(data: Array(bytes))
            } else {
                state.rest.append(contentsOf: bytes)
                removeBoundaries(&state)
            }
        }
    }

    /// SHA-256 of everything so far.
    var value: Data {
        state.withLock { state in
            var hash = state.hash
            hash.update(data: state.rest)
            return Data(hash.finalize())
        }
    }

    /// Hashes all that cannot be part of a boundary.
    private func removeBoundaries(_ state: inout State) {
        var start = 0
        while let found = state.rest.firstPlace(of: boundary, from: start) {
            state.hash.update(data: state.rest[start..<found])
            start = found + boundary.count
        }
        let ready = max(start, state.rest.count - boundary.count + 1)
        state.hash.update(data: state.rest[start..<ready])
        // Once, as a boundary may be one letter, of which there may be as many as there are bytes.
        state.rest.removeFirst(ready)
    }
}

extension [UInt8] {
    /// By C's functions: bodies have gigabytes, and comparing byte by byte in Swift would take seconds for each.
    fileprivate func firstPlace(of needle: [UInt8], from start: Int) -> Int? {
        withUnsafeBytes { hay in
            needle.withUnsafeBytes { needle in
                guard let hayStart = hay.baseAddress, let wanted = needle.baseAddress else { return nil }
                var place = start
                while place + needle.count <= hay.count {
                    let reach = hay.count - needle.count + 1 - place
                    guard let found = memchr(hayStart + place, Int32(needle[0]), reach) else { return nil }
                    place = UnsafeRawPointer(found) - hayStart
                    if memcmp(found, wanted, needle.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}
