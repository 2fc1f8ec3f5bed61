import Synchronization

/// What jobs are doing at this moment, in memory: what has to survive is in the database.
final class JobBoard: Sendable {
    /// A document of a job.
    struct Place: Sendable, Hashable {
        var job: Int64
        var position: Int
    }

    private struct Work {
        var document: JobDocument
        /// Chunks that the job's pace knows of.
        var counted = 0
        var cancel: (@Sendable () -> Void)?
    }

    private struct State {
        var work: [Place: Work] = [:]
        var paces: [Int64: JobPace] = [:]
        /// When a job was last given a worker, as a number that goes up.
        var turns: [Int64: Int] = [:]
        var turn = 0
        var isPaused = false
        var listeners: [Int: (job: Int64?, signal: AsyncStream<Void>.Continuation)] = [:]
        var nextListener = 0
    }

    private let state = Mutex(State())

    // MARK: Workers

    /// Gives a worker the next document, of the job that has the fewest in work and has waited longest.
    ///
    /// - Parameters:
    ///   - jobs: those that have not ended.
    ///   - next: the first document of a job that is to do and at none of the positions.
    func claim(
        _ jobs: [Int64], at time: Int64, next: (Int64, Set<Int>) throws -> (position: Int, docpath: String)?
    ) rethrows -> Place? {
        try state.withLock { state in
            if state.isPaused { return nil }
            let taken = Dictionary(grouping: state.work.keys, by: \.job).mapValues { Set($0.map(\.position)) }
            let order = jobs.sorted {
                (taken[$0]?.count ?? 0, state.turns[$0] ?? 0, $0) < (taken[$1]?.count ?? 0, state.turns[$1] ?? 0, $1)
            }
            for job in order {
                guard let document = try next(job, taken[job] ?? []) else { continue }
                let place = Place(job: job, position: document.position)
                state.work[place] = Work(document: JobDocument(document.docpath, .reading))
                state.turn += 1
                state.turns[job] = state.turn
                if state.paces[job] == nil { state.paces[job, default: JobPace()].add(0, at: time) }
                return place
            }
            return nil
        }
    }

    /// Notes how the work on a document can be stopped.
    func setCancellation(_ cancel: @escaping @Sendable () -> Void, of place: Place) {
        state.withLock { $0.work[place]?.cancel = cancel }
    }

    func report(_ stage: EmbeddingFollower.Stage, of place: Place, at time: Int64) {
        state.withLock { state in
            guard var work = state.work[place] else { return }
            work.document = JobDocument(work.document.docpath, stage)
            if case .embedding(let done, _) = stage {
                state.paces[place.job]?.add(done - work.counted, at: time)
                work.counted = done
            }
            state.work[place] = work
        }
        signal(place.job)
    }

    /// The worker has done with the document.
    ///
    /// - Parameter hasEnded: whether its job has, whose pace is of no use any more.
    func release(_ place: Place, hasEnded: Bool) {
        state.withLock { state in
            state.work[place] = nil
            if hasEnded {
                state.paces[place.job] = nil
                state.turns[place.job] = nil
            }
        }
        signal(place.job)
    }

    // MARK: Listeners

    /// A signal whenever something may have changed; several changes may be one signal.
    ///
    /// - Parameter job: nil for work in general.
    func signals(of job: Int64?) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { signal in
            let number = state.withLock { state in
                state.nextListener += 1
                state.listeners[state.nextListener] = (job, signal)
                return state.nextListener
            }
            signal.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            }
        }
    }

    /// - Parameter job: nil tells the workers that there is work.
    func signal(_ job: Int64?) {
        let signals = state.withLock { state in state.listeners.values.filter { $0.job == job }.map(\.signal) }
        for signal in signals { signal.yield() }
    }

    /// Stops the work on a job that has ended.
    func cancel(_ job: Int64) {
        let actions = state.withLock { state in state.work.filter { $0.key.job == job }.compactMap(\.value.cancel) }
        for action in actions { action() }
        signal(job)
    }

    /// The server stops: no work is given out any more, and listeners are told.
    func pause() {
        let signals = state.withLock { state in
            state.isPaused = true
            return state.listeners.values.map(\.signal)
        }
        for signal in signals { signal.yield() }
    }

    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// - Parameter job: as just read.
    func status(of job: EmbeddingJob, id: Int64) -> JobStatus {
        let (working, pace) = state.withLock { state in
            let work = state.work.filter { $0.key.job == id }.sorted { $0.key.position < $1.key.position }
            return (work.map(\.value.document), state.paces[id] ?? JobPace())
        }
        let isOpen = !job.hasEnded
        return JobStatus(
            job: job, working: isOpen ? working : [], chunksPerSecond: isOpen ? pace.chunksPerSecond : nil,
            secondsLeft: pace.secondsLeft(of: job, working: working))
    }
}
