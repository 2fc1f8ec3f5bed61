import Dispatch
import Glibc
import Synchronization

/// What must be undone at the end, also when the run is interrupted: processes above all.
final class Cleanup: Sendable {
    private let actions = Mutex<[@Sendable () -> Void]>([])

    func add(_ action: @escaping @Sendable () -> Void) { actions.withLock { $0.append(action) } }

    /// The latest first; each runs once.
    func run() {
        while let action = actions.withLock({ $0.popLast() }) { action() }
    }

    /// SIGINT and SIGTERM run the actions and end the process for as long as the result is kept.
    func signalSources() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                run()
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
