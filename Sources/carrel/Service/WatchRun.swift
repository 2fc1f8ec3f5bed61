import Foundation
import LibraryClient

/// A watch from its start to its end: scan, send, wait for changes or for the server, again.
struct WatchRun: Sendable {
    let library: LibraryServer
    let place: WatchPlace
    let workspace: String
    let isOnce: Bool
    let mayBeEmpty: Bool

    /// Nanoseconds: a burst of changes is over after one second of quiet, and looked at after ten in any case.
    private static let period = QuietPeriod(quiet: 1_000_000_000, longest: 10_000_000_000)

    /// - Returns: how many files the server refused.
    func callAsFunction() async throws -> Int {
        let lock = try WatchLock(place.stateFile)
        let report = WatchReport()
        let result: Result<Void, any Error>
        do {
            result = .success(try await run(report))
        } catch {
            result = .failure(error)
        }
        report.finish()
        withExtendedLifetime(lock) {}
        try result.get()
        return report.failures
    }

    private func run(_ report: WatchReport) async throws {
        let state = try WatchState.load(place.stateFile)
        var sync = FolderSync(
            library: library, workspace: workspace, root: place.root,
            state: state ?? WatchState(folder: place.libraryFolder), stateFile: place.stateFile,
            mayBeEmpty: mayBeEmpty)
        if isOnce {
            try await library.check(workspace: workspace)
            try await sync.pass(try FolderScan(root: place.root), report: report.show)
        } else {
            try await keepInStep(&sync, report)
        }
    }

    /// Until the task is cancelled.
    private func keepInStep(_ sync: inout FolderSync, _ report: WatchReport) async throws {
        let events = try FolderEvents()
        // Watched before the first scan, so that no change falls between them.
        var bursts = events.bursts(Self.period).makeAsyncIterator()
        var pause = RetryPause()
        var isChecked = false
        while !Task.isCancelled {
            if let error = await trouble(events, &sync, &isChecked, report) {
                // What was in hand is taken up by the next watch.
                if Task.isCancelled { return }
                try await recover(from: error, isChecked, &pause, report)
                continue
            }
            pause.afterSuccess()
            if Task.isCancelled { return }
            report.waiting(place.root)
            if await bursts.next() == nil { return }
        }
    }

    /// Waits until another try makes sense.
    ///
    /// - Throws: `error` when none does.
    private func recover(
        from error: LibraryClientError, _ isChecked: Bool, _ pause: inout RetryPause, _ report: WatchReport
    ) async throws {
        switch error.code {
        case .unreachable: await wait(pause.afterFailure(), because: error, report)
        // A disk that comes and goes: the next look may find it again.
        case .unreadableFile where isChecked: await wait(.seconds(30), because: error, report)
        default: throw error
        }
    }

    /// One comparison of the folder with what was sent.
    ///
    /// - Returns: why it could not be made or finished; nil when all is in step.
    private func trouble(
        _ events: FolderEvents, _ sync: inout FolderSync, _ isChecked: inout Bool, _ report: WatchReport
    ) async -> LibraryClientError? {
        do {
            // Folders that were made since the last scan are watched before they are scanned for good.
            try events.watch(try FolderScan(root: place.root).folders)
            if !isChecked { try await library.check(workspace: workspace) }
            isChecked = true
            try await sync.pass(try FolderScan(root: place.root), report: report.show)
            return nil
        } catch {
            return error
        }
    }

    private func wait(_ time: Duration, because error: LibraryClientError, _ report: WatchReport) async {
        report.trouble("\(error.message) Next try in \(time.components.seconds) s.")
        try? await Task.sleep(for: time)  // It ends early when the task is cancelled.
    }
}
