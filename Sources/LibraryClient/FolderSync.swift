public import Foundation

/// Keeps a workspace in step with a folder, one pass at a time.
///
/// The state is saved after each file. Everything of this watch lies in one folder of the library, so that what a crash
/// left between an upload and the note of it is found there and removed, and nothing is ever there twice.
public struct FolderSync: Sendable {
    public enum Event: Sendable, Equatable {
        case begins(changes: Int)
        /// That many of the changes are done, the last of them this one.
        case done(FolderChange, count: Int)
        /// How far the server is with a file.
        case embedding(path: String, EmbeddingProgress)
        case failed(path: String, reason: String)
        /// Documents that belong to no file were removed.
        case removedStrays(Int)
    }

    private let library: any DocumentLibrary
    private let workspace: String
    private let root: String
    private let stateFile: URL
    private let mayBeEmpty: Bool
    public private(set) var state: WatchState
    /// Whether the library's folder may hold something else than the state says.
    private var isUncertain = true

    /// - Parameters:
    ///   - root: absolute.
    ///   - state: as it was loaded.
    ///   - mayBeEmpty: whether an empty folder means that everything is to be removed; otherwise it is taken for one
    ///     whose disk is not mounted.
    public init(
        library: any DocumentLibrary, workspace: String, root: String, state: WatchState, stateFile: URL,
        mayBeEmpty: Bool = false
    ) {
        self.library = library
        self.workspace = workspace
        self.root = root
        self.state = state
        self.stateFile = stateFile
        self.mayBeEmpty = mayBeEmpty
    }

    /// Does what is to be done for the files of `scan`; ends early when the task is cancelled.
    ///
    /// - Throws: ``LibraryClientError`` that concerns all files; what only one file has to do with is reported.
    public mutating func pass(
        _ scan: FolderScan, report: @Sendable (Event) -> Void
    ) async throws(LibraryClientError) {
        if scan.files.isEmpty, !state.files.isEmpty, !mayBeEmpty {
            throw LibraryClientError(
                .unreadableFile,
                "\(root) is empty, but \(state.files.count) files came from it. Is its disk mounted? If they are to be "
                    + "removed, run with --allow-empty.")
        }
        if isUncertain { try await settle(report) }
        let changes = FolderChange.all(from: state.files, to: scan.files) { [root] path in
            // One that cannot be read is seen again at the next pass.
            try? ContentHash.of(file: URL(filePath: root + "/" + path))
        }
        report(.begins(changes: changes.count))
        for (number, change) in changes.enumerated() {
            if Task.isCancelled { return }
            do {
                try await apply(change, scan, report)
            } catch {
                isUncertain = true
                throw error
            }
            report(.done(change, count: number + 1))
        }
    }

    /// Makes the server hold what the state says: removes what lies in the library's folder and belongs to no file,
    /// forgets what is not there any more, and puts back what the workspace has lost.
    private mutating func settle(_ report: @Sendable (Event) -> Void) async throws(LibraryClientError) {
        let held = try await library.docpaths(workspace: workspace)
        let there = try await library.docpaths(folder: state.folder)
        for (path, file) in state.files {
            if !there.isSuperset(of: file.docpaths) || (file.isRefused && file.docpaths.isEmpty) {
                state.files[path] = nil
            } else if file.isRefused {
                // What it was refused for may be mended: it is another content than the one that is there.
                state.files[path]?.forgetContent()
            }
        }
        let strays = there.subtracting(state.files.values.flatMap(\.docpaths)).sorted()
        if !strays.isEmpty {
            try await library.remove(strays)
            report(.removedStrays(strays.count))
        }
        try state.save(stateFile)
        try await embed(missingFrom: held, report)
        isUncertain = false
    }

    /// Embeds documents that lie in the library, but not in the workspace: it was made anew, or somebody took them out.
    private func embed(
        missingFrom held: Set<String>, _ report: @Sendable (Event) -> Void
    ) async throws(LibraryClientError) {
        for (path, file) in state.files.sorted(by: { $0.key < $1.key }) where !held.isSuperset(of: file.docpaths) {
            do {
                try await library.embed(file.docpaths.filter { !held.contains($0) }, workspace: workspace) { _ in }
            } catch  where error.code == .refused {
                report(.failed(path: path, reason: error.message))
            }
        }
    }

    private mutating func apply(
        _ change: FolderChange, _ scan: FolderScan, _ report: @Sendable (Event) -> Void
    ) async throws(LibraryClientError) {
        switch change {
        case .add(let path), .replace(let path):
            guard let stamp = scan.files[path] else { return }
            try await send(path, stamp, report)
        case .remove(let path):
            try await library.remove(state.files[path]?.docpaths ?? [])
            state.files[path] = nil
        case .move(let from, let to):
            state.files[to] = state.files[from]
            state.files[from] = nil
            state.files[to]?.stamp = scan.files[to] ?? FileStamp(size: 0, modified: 0)
        case .touch(let path):
            if let stamp = scan.files[path] { state.files[path]?.stamp = stamp }
        }
        try state.save(stateFile)
    }

    /// One document is given its new content in one step; otherwise the new ones are searchable before the old ones go.
    private mutating func send(
        _ path: String, _ stamp: FileStamp, _ report: @Sendable (Event) -> Void
    ) async throws(LibraryClientError) {
        let file = URL(filePath: root + "/" + path)
        guard let hash = try? ContentHash.of(file: file) else { return }  // It is gone again.
        let old = state.files[path]?.docpaths ?? []
        do {
            let isReplaced = try await replaced(old, with: file)
            let new = isReplaced ? old : try await stored(file) { report(.embedding(path: path, $0)) }
            state.files[path] = WatchedFile(stamp: stamp, hash: hash, docpaths: new)
            if isReplaced { return }
            try state.save(stateFile)
            try await library.remove(old)
        } catch  where error.code == .refused {
            // Not sent again until it changes; an earlier content is better than none.
            state.files[path] = WatchedFile(stamp: stamp, hash: hash, docpaths: old, isRefused: true)
            report(.failed(path: path, reason: error.message))
        } catch  where error.code == .unreadableFile {
            report(.failed(path: path, reason: error.message))
        }
    }

    private func replaced(_ old: [String], with file: URL) async throws(LibraryClientError) -> Bool {
        guard let docpath = old.first, old.count == 1 else { return false }
        return try await library.replace(docpath, with: file, as: file.lastPathComponent)
    }

    /// Uploaded and embedded, or not there at all.
    private func stored(
        _ file: URL, progress: (EmbeddingProgress) -> Void
    ) async throws(LibraryClientError) -> [String] {
        let docpaths = try await library.upload(file, as: file.lastPathComponent, folder: state.folder)
        do {
            try await library.embed(docpaths, workspace: workspace, progress: progress)
        } catch  where error.code == .refused {
            // A workspace that was deleted meanwhile refuses every file.
            try await library.check(workspace: workspace)
            try await library.remove(docpaths)
            throw error
        }
        return docpaths
    }
}
