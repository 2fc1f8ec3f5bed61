import Foundation
import Synchronization

/// The scopes of requests that are being answered. One server serves a storage folder, so memory is enough.
final class RunningRequests: Sendable {
    private let scopes = Mutex<Set<Data>>([])

    /// - Returns: whether there was none of that scope.
    func begin(_ scope: Data) -> Bool { scopes.withLock { $0.insert(scope).inserted } }

    func end(_ scope: Data) { scopes.withLock { _ = $0.remove(scope) } }
}
