import Synchronization

/// A first message among those of several threads.
final class FirstMessage: Sendable {
    private let message = Mutex<String?>(nil)

    var value: String? { message.withLock { $0 } }

    func offer(_ text: String) { message.withLock { $0 = $0 ?? text } }
}
