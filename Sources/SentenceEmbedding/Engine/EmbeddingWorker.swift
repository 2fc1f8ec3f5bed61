import Glibc
import Synchronization

/// One thread that computes: it takes work from its queue until the queue is stopped.
final class EmbeddingWorker {
    /// Which work a thread takes.
    enum Ground: Sendable {
        /// Somebody waits: queries and rankings.
        case foreground
        case background
    }

    /// Frames of the encoder are small; the deepest call is a kernel's edge tile of a few kilobytes.
    private static let stackSize = 512 * 1024

    /// `SCHED_IDLE` of Linux, which Glibc's module does not export.
    static let idleClass: Int32 = 5

    private let lines: EmbeddingLines
    private let ground: Ground
    private var scratch = BertScratch()

    private init(lines: EmbeddingLines, ground: Ground) {
        self.lines = lines
        self.ground = ground
    }

    /// Starts a detached thread; it ends after `lines.stop()`, at the latest when its batch is done.
    ///
    /// - Throws: `badSettings` when the system refuses another thread.
    static func start(_ lines: EmbeddingLines, _ ground: Ground) throws(EmbeddingError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let worker = Unmanaged.passRetained(EmbeddingWorker(lines: lines, ground: ground))
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
        let queue = ground == .foreground ? lines.foreground : lines.background
        while let work = queue.next() {
            switch work {
            case .wakeUp(let wakeUp): wakeUp()
            case .batch(let request, let batch):
                lines.running.add(1, ordering: .relaxed)
                let rows = request.model.rows(for: batch.map { request.inputs[$0] }, scratch: &scratch)
                lines.running.subtract(1, ordering: .relaxed)
                if let wakeUp = queue.accept(rows, of: request, for: batch) { finish(wakeUp) }
                if lines.isIdle { request.model.rest() }
            }
        }
    }

    /// Waking a task may start a thread, which inherits the scheduling class: never from the background.
    private func finish(_ wakeUp: @escaping () -> Void) {
        switch ground {
        case .foreground: wakeUp()
        case .background: lines.foreground.add(wakeUp: wakeUp)
        }
    }

    /// Bulk work runs when a core has nothing else to do (sched(7), SCHED_IDLE), and leaves it at once: chats and searches
    /// do not notice that a library is being embedded. Among services with weights of their own (systemd's CPUWeight=) the class
    /// counts within this service only. Where the system refuses it, bulk work has its ordinary share.
    private func yieldToEverything() {
        var parameters = sched_param()
        pthread_setschedparam(pthread_self(), Self.idleClass, &parameters)
    }
}
