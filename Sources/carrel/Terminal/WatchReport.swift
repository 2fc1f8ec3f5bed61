import LibraryClient
import Synchronization

/// What a watch tells on standard error: a bar while files are sent, a line for each trouble.
final class WatchReport: Sendable {
    private let bar = ProgressBar()
    private let state = Mutex((failures: 0, changes: 0, done: 0, trouble: ""))

    var failures: Int { state.withLock { $0.failures } }

    func show(_ event: FolderSync.Event) {
        switch event {
        case .begins(let changes):
            state.withLock { state in
                state.changes = changes
                state.done = 0
                state.trouble = ""
            }
        case .done(let change, let count):
            state.withLock { $0.done = count }
            show(Self.text(change))
        case .embedding(let path, let progress):
            show(ProgressLine.detail(path, progress))
        case .failed(let path, let reason):
            state.withLock { $0.failures += 1 }
            bar.message("\(path): \(reason)")
        case .removedStrays(let count):
            bar.message("Removed \(count) documents that belong to no file.")
        }
    }

    private func show(_ detail: String) {
        let (done, changes) = state.withLock { ($0.done, $0.changes) }
        bar.show("changes", done: done, total: changes, detail: detail)
    }

    /// Says once what it waits for.
    func trouble(_ text: String) {
        let isNew = state.withLock { state in
            let isNew = state.trouble != text
            state.trouble = text
            return isNew
        }
        bar.finish()
        if isNew { bar.message(text) }
    }

    func waiting(_ root: String) {
        bar.finish()
        bar.message("In step with \(root); waiting for changes.")
    }

    func finish() { bar.finish() }

    private static func text(_ change: FolderChange) -> String {
        switch change {
        case .add(let path): "added \(path)"
        case .replace(let path): "replaced \(path)"
        case .remove(let path): "removed \(path)"
        case .move(let from, let to): "\(from) is now \(to)"
        case .touch(let path): "unchanged \(path)"
        }
    }
}
