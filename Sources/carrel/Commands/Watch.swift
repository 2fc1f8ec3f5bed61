import ArgumentParser
import AsyncHTTPClient
import Foundation
import LibraryClient
import UnixSignals

/// `carrel watch`: a folder whose files a workspace holds.
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep a workspace in step with a folder: add, replace and remove its files.",
        discussion: """
            At the start, and whenever something below DIR has changed and a second of quiet has passed, the folder is \
            compared with what was sent: new files are added, changed ones replaced (by their content; a new date \
            alone sends nothing), removed ones removed. A document changes in one step, so that searches find the old \
            content until they find the new one; pins stay. A file that was only renamed is not sent again, and one \
            that the server refuses not before it has changed or the watch is started anew. Hidden files, temporary \
            files of editors and downloads, empty files and symbolic links are left out.

            What was sent is noted in a small state file, and the documents lie in a folder of the library that \
            belongs to this watch alone: do not put others there. What the workspace or the library has lost is put \
            back at the next start. While the server is away the watch waits for it. SIGINT and SIGTERM end it at \
            once, and the next start takes up the file that was in hand. Run it as a service with the same user each time.
            """)

    @OptionGroup var server: ServerOptions

    @Option(
        help: """
            The state file. Default: carrel/watch-….json in XDG_STATE_HOME or ~/.local/state, one for each server, \
            workspace and folder.
            """, completion: .file())
    var state: String?

    @Flag(help: "Compare once, do what is to be done, and end; exits with 1 when a file was refused.")
    var once = false

    @Flag(
        help: "Remove all documents when the folder is empty; otherwise that is taken for a disk that is not mounted.")
    var allowEmpty = false

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    func validate() throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw ValidationError("There is no folder \(folder).")
        }
    }

    func run() async throws {
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let result: Result<Int, any Error>
        do {
            let library = try server.server(client)
            let place = WatchPlace(
                server: library.address, workspace: server.workspace, folder: folder, stateFile: state)
            let run = WatchRun(
                library: library, place: place, workspace: server.workspace, isOnce: once, mayBeEmpty: allowEmpty)
            result = .success(try await Self.untilSignal { try await run() })
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        if try result.get() > 0, once { throw ExitCode.failure }
    }

    /// Cancels the work when the process is asked to end.
    private static func untilSignal(_ work: @escaping @Sendable () async throws -> Int) async throws -> Int {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let task = Task { try await work() }
        let listener = Task { for await _ in signals { task.cancel() } }
        defer { listener.cancel() }
        return try await task.value
    }
}
