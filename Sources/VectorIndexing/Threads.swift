import Foundation
import Synchronization

/// Threads for work that takes a core for long: never Swift's cooperative pool, which other requests need.
enum Threads {
    /// How far background work gives way to searches, in steps of nice(2).
    private static let politeness: Int32 = 10

    /// Lets another thread have this CPU.
    static func yield() { sched_yield() }

    /// Runs `body` on a thread of its own.
    ///
    /// - Parameter givesWay: whether searches go first.
    static func detach(givesWay: Bool = true, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            // On Linux the priority is the calling thread's; refusal changes nothing but the order of work.
            if givesWay { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, politeness) }
            body()
        }
        thread.name = "carrel.index"
        thread.start()
    }

    /// Runs `body` with 0..<count at the same time, 0 on this thread, and returns when all have returned.
    static func run(_ count: Int, givesWay: Bool = true, _ body: @escaping @Sendable (Int) -> Void) {
        let finished = NSCondition()
        let running = Mutex(count - 1)
        for index in stride(from: 1, to: count, by: 1) {
            detach(givesWay: givesWay) {
                body(index)
                finished.withLock {
                    running.withLock { $0 -= 1 }
                    finished.signal()
                }
            }
        }
        body(0)
        finished.withLock {
            while running.withLock({ $0 > 0 }) { finished.wait() }
        }
    }
}
