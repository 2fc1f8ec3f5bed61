import Foundation
import Glibc
import Testing

@testable import DescriptorWaiting

/// Waits that a thread of this test sleeps for, and waits of tasks without such a thread.
@Suite("waiting for descriptors", .timeLimit(.minutes(1)))
struct DescriptorWaitTests {
    /// Both ends of a pipe.
    private final class Pipe: Sendable {
        let reading: Int32
        let writing: Int32

        init() {
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            close(writing)
        }

        var interest: DescriptorInterest { DescriptorInterest(reading, Int16(POLLIN)) }

        func ring() { #expect(write(writing, "x", 1) == 1) }
    }

    @Test("an event ends the wait and is told")
    func event() async {
        let (silent, loud) = (Pipe(), Pipe())
        loud.ring()
        let events = await DescriptorWait([silent.interest, loud.interest], until: nil).events()
        #expect(events.map(\.descriptor) == [loud.reading])
        #expect(events.allSatisfy { $0.events & Int16(POLLIN) != 0 })
    }

    @Test("an event that comes about when the thread falls asleep ends the wait")
    func laterEvent() async {
        let pipe = Pipe()
        async let events = DescriptorWait([pipe.interest], until: nil).events()
        pipe.ring()
        #expect(await events.map(\.descriptor) == [pipe.reading])
    }

    @Test("a deadline ends the wait without an event")
    func deadline() async {
        let pipe = Pipe()
        let deadline = MonotonicClock.now(adding: .milliseconds(10))
        #expect(await DescriptorWait([pipe.interest], until: deadline).events().isEmpty)
        #expect(MonotonicClock.now() >= deadline)
    }

    @Test("an interruption ends the wait, before it has begun and while it lasts")
    func interruption() async {
        let pipe = Pipe()
        let early = DescriptorWait([pipe.interest], until: nil)
        early.interrupt()
        #expect(await early.events().isEmpty)
        let late = DescriptorWait([pipe.interest], until: nil)
        async let events = late.events()
        late.interrupt()
        #expect(await events.isEmpty)
        #expect(late.isOver)
    }

    @Test("cancelling the task ends the wait")
    func cancellation() async {
        let pipe = Pipe()
        let task = Task { [interest = pipe.interest] in await DescriptorWait([interest], until: nil).events().count }
        task.cancel()
        #expect(await task.value == 0)
    }

    @Test("many waits end each with its own event")
    func many() async {
        let pipes = (0..<50).map { _ in Pipe() }
        let waits = pipes.map { DescriptorWait([$0.interest], until: nil) }
        await withTaskGroup(of: [Int32].self) { group in
            for wait in waits { group.addTask { await wait.events().map(\.descriptor) } }
            for pipe in pipes.shuffled() { pipe.ring() }
            var found: Set<Int32> = []
            for await descriptors in group {
                #expect(descriptors.count == 1)
                found.formUnion(descriptors)
            }
            #expect(found == Set(pipes.map(\.reading)))
        }
    }

    @Test("a thread's set sleeps for its own descriptors and for the waits, and forgets those that ended")
    func set() async {
        let (own, waited, over) = (Pipe(), Pipe(), Pipe())
        let set = WaitSet()
        let (wait, past) = (
            DescriptorWait([waited.interest], until: nil), DescriptorWait([over.interest], until: nil)
        )
        set.add(wait)
        set.add(past)
        past.interrupt()
        over.ring()
        own.ring()
        var entries = [pollfd(fd: own.reading, events: Int16(POLLIN), revents: 0)]
        set.sleep(&entries)()
        #expect(entries[0].revents & Int16(POLLIN) != 0)
        #expect(!wait.isOver)
        waited.ring()
        var none: [pollfd] = []
        set.sleep(&none)()
        #expect(none.map(\.fd) == [waited.reading])
        #expect(wait.isOver)
    }

    /// Runs `body` on a thread of its own that has `set` bound.
    private func onThread(with set: WaitSet, _ body: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            set.bindToCurrentThread()
            body()
        }
    }

    @Test("a task that waits on a thread with a set is ended by that thread's sleep")
    func ownThread() async {
        let (pipe, set) = (Pipe(), WaitSet())
        let found = await withCheckedContinuation { continuation in
            onThread(with: set) {
                Task.immediate {
                    let events = await DescriptorWait([pipe.interest], until: nil).events()
                    continuation.resume(returning: events.map(\.descriptor))
                }
                pipe.ring()
                var entries: [pollfd] = []
                let resume = set.sleep(&entries)
                // The wait is this thread's: nobody else could have put it here.
                #expect(entries.map(\.fd) == [pipe.reading])
                resume()
            }
        }
        #expect(found == [pipe.reading])
    }

    @Test("what a thread leaves behind is waited for all the same, until its event or its deadline")
    func handOver() async {
        let (pipe, set) = (Pipe(), WaitSet())
        for deadline in [nil, MonotonicClock.now(adding: .milliseconds(10))] {
            let found = await withCheckedContinuation { continuation in
                onThread(with: set) {
                    Task.immediate {
                        let events = await DescriptorWait([pipe.interest], until: deadline).events()
                        continuation.resume(returning: events.map(\.descriptor))
                    }
                    // The thread ends without having slept.
                    set.handOver()
                    if deadline == nil { pipe.ring() }
                }
            }
            #expect(found == (deadline == nil ? [pipe.reading] : []))
            var byte: UInt8 = 0
            if deadline == nil { #expect(read(pipe.reading, &byte, 1) == 1) }
        }
        var entries: [pollfd] = [pollfd(fd: -1, events: 0, revents: 0)]
        pipe.ring()
        set.add(DescriptorWait([pipe.interest], until: nil))
        set.handOver()
        set.add(DescriptorWait([pipe.interest], until: nil))
        set.sleep(&entries)()
        // What was handed over is not in the set any more.
        #expect(entries.count == 2)
    }
}
