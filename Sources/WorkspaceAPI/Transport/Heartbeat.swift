import Hummingbird
import NIOCore
import Synchronization

/// Comments on an event stream that has been silent for a while, so that nobody on its way takes it for dead.
///
/// Source: WHATWG HTML, section 9.2.7, which advises a comment line every 15 seconds or so; clients drop comments.
final class Heartbeat: Sendable {
    private static let comment = ByteBuffer(string: ": \n\n")

    private let interval: Duration
    private let writer: SharedWriter
    private let lastWrite = Mutex(ContinuousClock.now)

    /// - Parameter interval: of silence, after which a comment is sent.
    init(every interval: Duration, to writer: any ResponseBodyWriter) {
        self.interval = interval
        self.writer = SharedWriter(writer: writer)
    }

    /// Sends the next event.
    func write(_ buffer: ByteBuffer) async throws {
        lastWrite.withLock { $0 = .now }
        try await writer.write(buffer)
    }

    /// Sends comments while `body` waits for something to write.
    func run(_ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.beat() }
            await body()
            group.cancelAll()
        }
    }

    private func beat() async {
        var due = ContinuousClock.now + interval
        // Both end by throwing: the wait when the stream is over, the write when the client is gone.
        while (try? await Task.sleep(until: due, clock: .continuous)) != nil {
            let last = lastWrite.withLock { $0 }
            if last + interval > .now {
                due = last + interval
                continue
            }
            guard (try? await write(Self.comment)) != nil else { return }
            due = .now + interval
        }
    }

    /// @unchecked Sendable: the writers of a transport have no state of their own; each write takes place as a whole on
    /// the thread of the request, where both tasks run.
    private struct SharedWriter: @unchecked Sendable {
        let writer: any ResponseBodyWriter

        func write(_ buffer: ByteBuffer) async throws {
            var writer = writer
            try await writer.write(buffer)
        }
    }
}
