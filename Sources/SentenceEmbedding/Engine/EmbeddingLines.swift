import Synchronization

/// The two lines of the workers: what somebody waits for, and bulk work. Each has its own lock, so that nobody who waits
/// can be kept up by a thread that runs only when a core is idle.
final class EmbeddingLines: Sendable {
    /// Queries, before rankings.
    let foreground = EmbeddingQueue()
    let background = EmbeddingQueue()
    /// Batches that are being computed.
    let running = Atomic<Int>(0)

    func queue(of request: EmbeddingRequest) -> EmbeddingQueue {
        request.priority == .bulk ? background : foreground
    }

    func add(_ request: EmbeddingRequest) { queue(of: request).add(request) }

    func cancel(_ request: EmbeddingRequest) { queue(of: request).cancel(request) }

    /// Whether nothing is being computed and nobody waits.
    var isIdle: Bool { running.load(ordering: .relaxed) == 0 && foreground.isEmpty && background.isEmpty }

    /// Ends every request and thread. The background first: what it leaves to the foreground is still done.
    func stop() {
        background.stop()
        foreground.stop()
    }
}
