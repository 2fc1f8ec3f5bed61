import Foundation
import Testing

@testable import WorkspaceAPI

@Suite("The lock of many readers")
struct ReadWriteLockTests {
    @Test("writes of many threads are all kept, and no reader sees half of one")
    func consistency() {
        let pair = ReadWriteLock((first: 0, second: 0))
        let torn = ReadWriteLock(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for _ in 0..<2000 {
                if thread.isMultiple(of: 2) {
                    pair.write {
                        $0.first += 1
                        $0.second += 1
                    }
                } else if pair.read({ $0.first != $0.second }) {
                    torn.write { $0 += 1 }
                }
            }
        }
        #expect(pair.read { $0.first } == 8000)
        #expect(pair.read { $0.second } == 8000)
        #expect(torn.read { $0 } == 0)
    }

    @Test("readers are inside together")
    func sharing() {
        let lock = ReadWriteLock(1)
        let (entered, leave) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let thread = Thread {
            lock.read { _ in
                entered.signal()
                leave.wait()
            }
        }
        thread.start()
        entered.wait()
        // Would wait for ever for the other reader if only one could be inside.
        #expect(lock.read { $0 } == 1)
        leave.signal()
    }

    @Test("an error leaves the lock free")
    func failure() {
        struct Stop: Error {}
        let lock = ReadWriteLock(1)
        #expect(throws: Stop.self) { try lock.write { _ in throw Stop() } }
        #expect(throws: Stop.self) { try lock.read { _ in throw Stop() } }
        lock.write { $0 = 2 }
        #expect(lock.read { $0 } == 2)
    }
}
