import Glibc

/// One thread that computes: it takes work from the queue until the queue is stopped.
final class EmbeddingWorker {
    /// Frames of the encoder are small; the deepest call is a kernel's edge tile of a few kilobytes.
    private static let stackSize = 512 * 1024

    /// `SCHED_IDLE` of Linux, which Glibc's module does not export.
    static let idleClass: Int32 = 5

    private let queue: EmbeddingQueue
    private let ground: EmbeddingQueue.Ground
    private var scratch = BertScratch()

    private init(queue: EmbeddingQueue, ground: EmbeddingQueue.Ground) {
        self.queue = queue
        self.ground = ground
    }

    /// Starts a detached thread; it ends after `queue.stop()`, at the latest when its batch is done.
    ///
    /// - Throws: `badSettings` when the system refuses another thread.
    static func start(queue: EmbeddingQueue, ground: EmbeddingQueue.Ground) throws(EmbeddingError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let worker = Unmanaged.passRetained(EmbeddingWorker(queue: queue, ground: ground))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<EmbeddingWorker>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, worker.toOpaque())
        guard status == 0 else {
            worker.release()
            throw EmbeddingError(
                .badSettings, "An embedding thread cannot be started: \(String(cString: strerror(status))).")
        }
    }

    private func run() {
        if ground == .background { yieldToEverything() }
        while let work = queue.next(in: ground) {
            let request = work.request
            let inputs = work.batch.map { request.inputs[$0] }
            queue.deliver(request.model.rows(for: inputs, scratch: &scratch), for: work)
            if queue.isEmpty { request.model.rest() }
        }
    }

    /// Bulk work runs when a core has nothing else to do (sched(7), SCHED_IDLE), and leaves it at once: chats and searches
    /// do not notice that a library is being embedded. Where the system refuses that, bulk work has its ordinary share.
    private func yieldToEverything() {
        var parameters = sched_param()
        pthread_setschedparam(pthread_self(), Self.idleClass, &parameters)
    }
}
