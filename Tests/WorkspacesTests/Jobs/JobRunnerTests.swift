import SentenceEmbedding
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Workspaces

@Suite("Embedding jobs", .timeLimit(.minutes(1)))
struct JobRunnerTests {
    /// Runs the runner until the job has ended.
    ///
    /// - Returns: what a listener was told.
    @discardableResult
    private func run(_ fixture: WorkspacesFixture, _ uuid: String, workers: Int = 2) async throws -> [JobEvent] {
        let runner = Task { await JobRunner(fixture.dependencies, workers: workers).run() }
        let events = Mutex<[JobEvent]>([])
        try await FollowJob(fixture.dependencies)(uuid) { event in events.withLock { $0.append(event) } }
        runner.cancel()
        await runner.value
        return events.withLock { $0 }
    }

    private func held(_ fixture: WorkspacesFixture, _ workspace: Workspace) throws -> [String] {
        try fixture.database.read { try $0.workspaceDocuments(workspaceId: workspace.id) }.map(\.docpath)
    }

    private func create(
        _ fixture: WorkspacesFixture, _ workspace: Workspace, _ adds: [String], deletes: [String] = []
    ) throws -> String {
        try EmbeddingJobs(fixture.dependencies).create(workspace, adds: adds, deletes: deletes).job.uuid
    }

    private func details(_ fixture: WorkspacesFixture, _ uuid: String) throws -> EmbeddingJobs.Details {
        try #require(try EmbeddingJobs(fixture.dependencies).details(uuid))
    }

    @Test("a job embeds what it can, says what it could not, and logs its end once")
    func outcomes() async throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        let good = try (0..<5).map { try fixture.document("d\($0).json", "alpha \($0)") }
        let empty = try fixture.document("empty.json", "")
        let uuid = try create(fixture, workspace, good + [empty, "library/none.json"])
        let events = try await run(fixture, uuid)
        let details = try details(fixture, uuid)
        let job = details.status.job
        #expect(job.state == .completed)
        #expect([job.total, job.embedded, job.skipped, job.failed, job.pending, job.chunks] == [7, 5, 1, 1, 0, 5])
        #expect(details.documents.map(\.stage) == Array(repeating: .embedded, count: 5) + [.failed, .skipped])
        #expect(details.documents[5].error == "library/empty.json has no text content.")
        #expect(try Set(held(fixture, workspace)) == Set(good))
        #expect(try fixture.counts(workspace) == [5, 5])
        let logged = try fixture.database.read { try $0.events(limit: 10) }
        #expect(logged.map(\.event) == ["workspace_documents_added"])
        #expect(logged.first?.metadata == #"{"workspaceName":"a","numberOfDocumentsAdded":7}"#)
        let ends = events.compactMap { event -> String? in
            guard case .document(let document, _) = event else { return nil }
            return [.embedded, .failed, .skipped].contains(document.stage) ? document.docpath : nil
        }
        #expect(ends.count == 7 && Set(ends).count == 7)
        guard case .status = events.first, case .end(let last) = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(last == details.status)
    }

    @Test("a document in work when the runner stops is still to do, and the next run goes on there")
    func pause() async throws {
        let reached = ManualGate()
        let stops = Mutex(true)
        let embedder = RecordingEmbedder { passages throws(EmbeddingError) in
            if passages[0].hasSuffix("beta"), stops.withLock({ $0 }) {
                reached.open()
                let gate = ManualGate()
                guard await gate.waitUnlessCancelled() else { throw EmbeddingError(.cancelled, "Cancelled.") }
            }
            return try await RecordingEmbedder.letters(passages)
        }
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let paths = try ["alpha", "beta", "gamma"].map { try fixture.document("\($0).json", $0) }
        let uuid = try create(fixture, workspace, paths)
        let runner = Task { await JobRunner(fixture.dependencies, workers: 1).run() }
        await reached.wait()
        let listener = Task { () -> JobEvent? in
            let last = Mutex<JobEvent?>(nil)
            try await FollowJob(fixture.dependencies)(uuid) { event in last.withLock { $0 = event } }
            return last.withLock { $0 }
        }
        runner.cancel()
        await runner.value
        guard case .paused(let status) = try await listener.value else {
            Issue.record("the listener was not told")
            return
        }
        #expect(status.job.embedded == 1)
        #expect(try details(fixture, uuid).documents.map(\.stage) == [.embedded, .pending, .pending])

        stops.withLock { $0 = false }
        var next = fixture
        next.restart()
        try await run(next, uuid, workers: 1)
        #expect(try details(next, uuid).status.job.state == .completed)
        #expect(try held(next, workspace) == paths)
        #expect(try next.counts(workspace) == [3, 3])
        #expect(embedder.calls.map { $0[0].suffix(5) } == ["alpha", "\nbeta", "\nbeta", "gamma"])
    }

    @Test("a cancelled job leaves the document in work alone, and keeps what it has done")
    func cancel() async throws {
        let (reached, gate) = (ManualGate(), ManualGate())
        let embedder = RecordingEmbedder { passages throws(EmbeddingError) in
            if passages[0].hasSuffix("beta") {
                reached.open()
                await gate.wait()
            }
            return try await RecordingEmbedder.letters(passages)
        }
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let paths = try ["alpha", "beta", "gamma"].map { try fixture.document("\($0).json", $0) }
        let uuid = try create(fixture, workspace, paths)
        let runner = Task { await JobRunner(fixture.dependencies, workers: 1).run() }
        await reached.wait()
        #expect(try EmbeddingJobs(fixture.dependencies).cancel(uuid)?.job.state == .cancelled)
        // The embedder does not listen: its vectors come, and are not wanted any more.
        gate.open()
        let other = try fixture.document("omega.json", "omega")
        let second = try create(fixture, workspace, [other])
        try await FollowJob(fixture.dependencies)(second) { _ in }
        runner.cancel()
        await runner.value
        #expect(try held(fixture, workspace) == [paths[0], other])
        #expect(try details(fixture, uuid).documents.map(\.stage) == [.embedded, .pending, .pending])
        #expect(try EmbeddingJobs(fixture.dependencies).cancel(uuid)?.job.state == .cancelled)
        #expect(try EmbeddingJobs(fixture.dependencies).cancel(second)?.job.state == .completed)
        #expect(try EmbeddingJobs(fixture.dependencies).cancel("none") == nil)
    }

    @Test("jobs take turns: a short one does not wait for the end of a long one")
    func turns() async throws {
        let embedder = RecordingEmbedder()
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let long = try create(
            fixture, workspace, (0..<6).map { try fixture.document("l\($0).json", "long \($0)") })
        let short = try create(
            fixture, workspace, (0..<2).map { try fixture.document("s\($0).json", "short \($0)") })
        try await run(fixture, long, workers: 1)
        #expect(try details(fixture, short).status.job.state == .completed)
        let order = embedder.calls.compactMap { $0[0].split(separator: "\n").last?.prefix(1) }
        #expect(order.joined() == "lslsllll")
    }

    @Test("a job whose workspace has gone fails and says so; one without documents is done at once")
    func ends() async throws {
        let fixture = try WorkspacesFixture()
        let (kept, gone) = (try fixture.workspace("kept"), try fixture.workspace("gone"))
        let docpath = try fixture.document("d.json", "alpha")
        _ = try await fixture.embed(docpath, into: kept)
        let uuid = try create(fixture, gone, [docpath])
        try fixture.database.write { try $0.deleteWorkspace(id: gone.id) }
        try await run(fixture, uuid)
        let job = try details(fixture, uuid).status.job
        #expect(job.state == .failed)
        #expect(job.error == "The workspace was deleted.")
        let none = try create(fixture, kept, [], deletes: [docpath])
        #expect(try details(fixture, none).status.job.state == .completed)
        #expect(try held(fixture, kept) == [])
        #expect(try fixture.counts(kept) == [0, 0])
    }

    @Test("a path that is no path is refused before anything is done")
    func refused() throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        #expect(throws: LibraryRefusal.self) { try create(fixture, workspace, ["library/a.json", "."]) }
        #expect(try EmbeddingJobs(fixture.dependencies).list(limit: 10, offset: 0).total == 0)
    }
}
