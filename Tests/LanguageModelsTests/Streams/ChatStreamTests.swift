import Synchronization
import Testing

@testable import LanguageModels

struct ChatStreamTests {
    @Test("known events come in order, then the failure, then nothing")
    func events() async throws {
        let failure = LanguageModelError(.interrupted, "Premature close")
        var iterator = ChatStream(events: [.text("a"), .finished], failure: failure).makeAsyncIterator()
        #expect(try await iterator.next() == .text("a"))
        #expect(try await iterator.next() == .finished)
        await #expect(throws: LanguageModelError.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test("dropping the iterator or the unread stream releases the producer", arguments: [true, false])
    func release(isRead: Bool) async throws {
        let releases = Counter()
        do {
            let stream = ChatStream(producer: { .text("a") }, onCancel: { releases.increment() })
            if isRead {
                for try await event in stream {
                    #expect(event == .text("a"))
                    break
                }
            }
        }
        #expect(releases.count >= 1)
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)

        var count: Int { value.withLock { $0 } }

        func increment() { value.withLock { $0 += 1 } }
    }
}
