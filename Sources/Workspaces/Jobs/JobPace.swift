/// How fast a job is, from what it did last.
struct JobPace: Sendable, Equatable {
    /// Milliseconds that are looked back.
    private static let window: Int64 = 30_000

    /// Chunks that were embedded, with the time at which each part of them was done.
    private var steps: [(time: Int64, chunks: Int)] = []

    static func == (one: JobPace, other: JobPace) -> Bool { one.steps.elementsEqual(other.steps, by: ==) }

    /// Notes that work begins, or that `chunks` more are done.
    mutating func add(_ chunks: Int, at time: Int64) {
        steps.append((time, chunks))
        // The first step only marks the beginning, so two are kept.
        while steps.count > 2, steps[0].time < time - Self.window { steps.removeFirst() }
    }

    /// Nil until something was done in a measurable time.
    var chunksPerSecond: Double? {
        guard let first = steps.first, let last = steps.last, last.time > first.time else { return nil }
        let chunks = steps.dropFirst().reduce(0) { $0 + $1.chunks }
        return Double(chunks) * 1000 / Double(last.time - first.time)
    }

    /// Seconds until the job's end if it goes on like this; nil when that cannot be said.
    ///
    /// - Parameters:
    ///   - working: documents that are in work.
    func secondsLeft(of job: EmbeddingJob, working: [JobDocument]) -> Double? {
        if job.hasEnded { return 0 }
        guard let rate = chunksPerSecond, rate > 0 else { return nil }
        let begun = working.compactMap(\.chunks)
        // A document that has not been split is taken for one like those before it.
        let known = job.chunks + begun.reduce(0) { $0 + $1.total }
        let documents = job.embedded + begun.count
        guard documents > 0 else { return nil }
        let unknown = max(0, job.pending - begun.count)
        let chunks =
            Double(begun.reduce(0) { $0 + $1.total - $1.done }) + Double(unknown) * Double(known) / Double(documents)
        return chunks / rate
    }
}
