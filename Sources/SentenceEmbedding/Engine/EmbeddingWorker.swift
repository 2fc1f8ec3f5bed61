import Glibc

/// One thread that embeds: it takes work from the queue until the queue is stopped.
final class EmbeddingWorker {
    /// Frames of the encoder are small; the deepest call is a kernel's edge tile of a few kilobytes.
    private static let stackSize = 512 * 1024

    private let queue: EmbeddingQueue
    private let model: SentenceModel
    /// A query may interrupt bulk work between two layers, so each has memory of its own.
    private var bulkScratch = BertScratch()
    private var queryScratch = BertScratch()

    private init(queue: EmbeddingQueue, model: SentenceModel) {
        self.queue = queue
        self.model = model
    }

    /// Starts a detached thread; it ends after `queue.stop()`, at the latest when its batch is done.
    ///
    /// - Throws: `badSettings` when the system refuses another thread.
    static func start(queue: EmbeddingQueue, model: SentenceModel) throws(EmbeddingError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let worker = Unmanaged.passRetained(EmbeddingWorker(queue: queue, model: model))
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
        while let work = queue.next() { perform(work) }
    }

    private func perform(_ work: EmbeddingQueue.Work) {
        let texts = work.batch.map { work.request.texts[$0] }
        let vectors: [[Float]]
        if work.isQuery {
            vectors = model.embed(texts, scratch: &queryScratch)
        } else {
            vectors = model.embed(texts, scratch: &bulkScratch) { [self] in
                while let query = queue.nextQuery() { perform(query) }
            }
        }
        queue.deliver(vectors, for: work)
    }
}
