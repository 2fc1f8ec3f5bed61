import Glibc

/// One thread that computes: it takes work from the queue until the queue is stopped.
final class EmbeddingWorker {
    /// Frames of the encoder are small; the deepest call is a kernel's edge tile of a few kilobytes.
    private static let stackSize = 512 * 1024

    private let queue: EmbeddingQueue
    /// A query may interrupt other work between two layers, so each has memory of its own.
    private var bulkScratch = BertScratch()
    private var queryScratch = BertScratch()

    private init(queue: EmbeddingQueue) { self.queue = queue }

    /// Starts a detached thread; it ends after `queue.stop()`, at the latest when its batch is done.
    ///
    /// - Throws: `badSettings` when the system refuses another thread.
    static func start(queue: EmbeddingQueue) throws(EmbeddingError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let worker = Unmanaged.passRetained(EmbeddingWorker(queue: queue))
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
        while let work = queue.next() {
            perform(work)
            if queue.isEmpty { work.request.model.rest() }
        }
    }

    private func perform(_ work: EmbeddingQueue.Work) {
        let request = work.request
        let inputs = work.batch.map { request.inputs[$0] }
        let rows: [[Float]]
        if request.priority == .query {
            rows = request.model.rows(for: inputs, scratch: &queryScratch) {}
        } else {
            rows = request.model.rows(for: inputs, scratch: &bulkScratch) { [self] in
                while let query = queue.nextQuery() { perform(query) }
            }
        }
        queue.deliver(rows, for: work)
    }
}
