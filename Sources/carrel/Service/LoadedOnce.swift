import Synchronization

/// Something that is loaded when it is first wanted, because most instances never want it; nil when it cannot be had.
final class LoadedOnce<Value: Sendable>: Sendable {
    private let load: @Sendable () -> Value?
    private let loaded = Mutex<Value??>(nil)

    init(_ load: @escaping @Sendable () -> Value?) { self.load = load }

    var value: Value? {
        loaded.withLock { loaded in
            if let loaded { return loaded }
            let value = load()
            loaded = .some(value)
            return value
        }
    }
}
