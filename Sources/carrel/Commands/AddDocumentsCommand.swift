import ArgumentParser
import AsyncHTTPClient
import Foundation
import LibraryClient

struct AddDocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Send files to the server and embed them into a workspace.",
        discussion: """
            Each file is sent, converted by the server, and searchable in the workspace when its turn is over. A file \
            that the server cannot convert is named, and the others go on; then the exit code is 1. A file that is \
            sent twice is there twice: `carrel watch` is for folders whose files change.
            """)

    @OptionGroup var server: ServerOptions

    @Option(help: "Folder of the library to put them into. Default: custom-documents.")
    var folder: String?

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    func validate() throws {
        for file in files {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) else {
                throw ValidationError("There is no file \(file).")
            }
            if isDirectory.boolValue {
                throw ValidationError("\(file) is a folder; name its files, or use `carrel watch`.")
            }
        }
    }

    func run() async throws {
        let client = HTTPClient(configuration: UploadClient.configuration)
        let result: Result<Int, any Error>
        do {
            result = .success(try await send(server.server(client)))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        if try result.get() > 0 { throw ExitCode.failure }
    }

    /// - Returns: how many files were not taken.
    private func send(_ library: LibraryServer) async throws -> Int {
        try await library.check(workspace: server.workspace)
        let bar = ProgressBar()
        var failures = 0
        bar.show("files", done: 0, total: files.count)
        for (number, path) in files.enumerated() {
            bar.show("files", done: number, total: files.count, detail: path)
            guard let error = await send(URL(filePath: path), library, bar) else { continue }
            guard [.refused, .unreadableFile].contains(error.code) else {
                bar.finish()
                throw error
            }
            failures += 1
            bar.message("\(path): \(error.message)")
        }
        bar.show("files", done: files.count, total: files.count)
        bar.finish()
        return failures
    }

    /// Prints the docpaths of what became of the file.
    ///
    /// - Returns: why it was not taken, nil when it was.
    private func send(_ file: URL, _ library: LibraryServer, _ bar: ProgressBar) async -> LibraryClientError? {
        do {
            let docpaths = try await library.upload(file, as: file.lastPathComponent, folder: folder)
            try await library.embed(docpaths, workspace: server.workspace)
            for docpath in docpaths { bar.output(docpath) }
            return nil
        } catch {
            return error
        }
    }
}
