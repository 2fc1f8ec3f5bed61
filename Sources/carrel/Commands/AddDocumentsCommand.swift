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
            that the server cannot convert is named, and the others go on; then the exit code is 1. The same command \
            can be given again after an interruption: what is there already is not stored once more. Embedding is a job \
            of the server, which goes on when the command is interrupted. For folders whose files change there is \
            `carrel watch`.
            """)

    @OptionGroup var server: ServerOptions

    @Option(help: "Folder of the library to put them into. Default: custom-documents.")
    var folder: String?

    @Option(
        help: """
            What to do with a file that the library holds: skip it when a document has exactly the same text, whatever \
            its name and folder; replace the content of the document of its name, in the folder when one is given; \
            keep both.
            """)
    var onDuplicate = OnDuplicate.skip

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
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
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
        var held = try await library.docpaths(workspace: server.workspace)
        let bar = ProgressBar()
        var report = UploadReport()
        var failures = 0
        bar.show("files", done: 0, total: files.count)
        for (number, path) in files.enumerated() {
            bar.show("files", done: number, total: files.count, detail: path)
            do {
                let documents = try await send(URL(filePath: path), library, &held) { progress in
                    let detail = ProgressLine.detail(path, progress)
                    bar.show("files", done: number, total: files.count, detail: detail)
                }
                for document in documents { bar.output(document.docpath) }
                report.add(documents)
            } catch  where [.refused, .unreadableFile].contains(error.code) {
                failures += 1
                bar.message("\(path): \(error.message)")
            } catch {
                bar.finish()
                throw error
            }
        }
        bar.show("files", done: files.count, total: files.count)
        bar.finish()
        if let text = report.text { bar.message(text) }
        return failures
    }

    /// - Parameters:
    ///   - held: docpaths of the workspace's documents.
    ///   - progress: of the embedding.
    /// - Returns: what became of the file; all of it is in the workspace.
    private func send(
        _ file: URL, _ library: LibraryServer, _ held: inout Set<String>, progress: (EmbeddingProgress) -> Void
    ) async throws(LibraryClientError) -> [UploadedDocument] {
        let documents = try await library.upload(
            file, as: file.lastPathComponent, folder: folder, onDuplicate: onDuplicate)
        // A document that was there may be in the workspace already, with this content.
        let missing = documents.map(\.docpath).filter { !held.contains($0) }
        if !missing.isEmpty { try await library.embed(missing, workspace: server.workspace, progress: progress) }
        held.formUnion(missing)
        return documents
    }
}
