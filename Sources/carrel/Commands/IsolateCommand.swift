import ArgumentParser
import Documents
import Foundation

/// `carrel isolate`: gives up every right that a converter program does not need, and becomes it. The server runs
/// itself with this command for each step of a conversion.
struct IsolateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "isolate", abstract: "Run a converter program without rights; for the server's own use.",
        shouldDisplay: false)

    @Argument(help: "Folder that the program can read.")
    var folder: String

    @Argument(help: "Processor time in seconds.")
    var seconds: Int

    @Argument(help: "Address space in bytes.")
    var memory: Int

    @Argument(parsing: .captureForPassthrough, help: "Path of the program and its arguments.")
    var command: [String]

    func run() throws {
        let failure = Isolation(folder: folder, seconds: seconds, memory: memory).run(command)
        // Only a failure comes back here.
        FileHandle.standardError.write(Data((failure + "\n").utf8))
        throw ExitCode(Isolation.failureStatus)
    }
}
