import Foundation
import LibraryClient

/// Where a watch keeps what: its state on this machine, its documents in the library.
struct WatchPlace: Sendable {
    /// The watched folder, absolute and without symbolic links.
    let root: String
    let stateFile: URL
    /// The folder of the library.
    let libraryFolder: String

    /// - Parameter stateFile: nil for the usual place.
    init(server: ServerAddress, workspace: String, folder: String, stateFile: String?) {
        root = URL(filePath: folder).resolvingSymlinksInPath().standardizedFileURL.path
        let identity = ContentHash.of(Data("\(server)\n\(workspace)\n\(root)".utf8)).prefix(12)
        libraryFolder = "watch-\(workspace.prefix(200))-\(identity)"
        self.stateFile =
            stateFile.map { URL(filePath: $0) }
            ?? Self.stateHome.appending(path: "carrel").appending(path: "watch-\(identity).json")
    }

    /// As the XDG Base Directory Specification has it.
    private static var stateHome: URL {
        let given = ProcessInfo.processInfo.environment["XDG_STATE_HOME"] ?? ""
        // Relative paths are to be ignored, says the specification.
        if given.hasPrefix("/") { return URL(filePath: given, directoryHint: .isDirectory) }
        return FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/state")
    }
}
