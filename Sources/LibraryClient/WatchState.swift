public import Foundation

/// What a watch knows between its runs, in one small file.
public struct WatchState: Sendable, Equatable, Codable {
    /// Form of the file.
    public private(set) var version = 1
    /// The folder of the library that belongs to this watch alone: whatever else lies there is removed.
    public var folder: String
    /// By path relative to the watched folder.
    public var files: [String: WatchedFile] = [:]

    public init(folder: String) { self.folder = folder }

    /// - Returns: nil when there is no such file.
    /// - Throws: ``LibraryClientError`` for a file that is no state, with what to do.
    public static func load(_ file: URL) throws(LibraryClientError) -> WatchState? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let state = try JSONDecoder().decode(WatchState.self, from: Data(contentsOf: file))
            guard state.version == 1 else { throw CocoaError(.fileReadCorruptFile) }
            return state
        } catch {
            throw LibraryClientError(
                .unreadableFile,
                "\(file.path) is no state of a watch. Remove it, or name another with --state; then every file is sent "
                    + "again.")
        }
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    func save(_ file: URL) throws(LibraryClientError) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(self).write(to: file, options: .atomic)
        } catch {
            throw LibraryClientError(
                .unreadableFile, "Cannot write \(file.path): \(error.localizedDescription) Name another with --state.")
        }
    }
}
