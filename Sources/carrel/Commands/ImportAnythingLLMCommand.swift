import AnythingLLMImport
import ArgumentParser
import Foundation
import ProviderHTTP
import Workspaces

struct ImportAnythingLLMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anythingllm",
        abstract: "Import workspaces, threads, chats, documents, pins, settings and API keys of AnythingLLM.",
        discussion: """
            Reads the storage folder and never writes to it; stop AnythingLLM meanwhile, so that it changes nothing. \
            The server must be stopped too: the import writes to its database itself, and refuses while it runs. \
            Begin with --dry-run, which writes nothing, works beside a running server, and reports what would be \
            imported and what cannot.

            Cached vectors are taken when they come from the model that is configured here: one passage of each \
            document is embedded to see. Other documents are embedded anew. API keys go on working: they are stored by \
            their hashes, and nginx gets its new map of keys.

            The import can be stopped and run again at any time: it goes on where it was, and a later run takes what \
            is new. Exits with 1 when a document could not be embedded.
            """)

    @OptionGroup var options: SettingsOptions

    @Option(help: "AnythingLLM's storage folder.", completion: .directory)
    var storage: String

    @Option(help: "Its database, if that lies elsewhere than in the storage folder.", completion: .file())
    var database: String?

    /// The words of ``CachedVectorPolicy``.
    enum Vectors: String, ExpressibleByArgument, CaseIterable {
        case check
        case trust
        case discard
    }

    @Option(help: "Cached vectors: check (take those of the same model), trust (take all that fit), discard.")
    var vectors = Vectors.check

    @Flag(help: "Report what would be done, and write nothing.")
    var dryRun = false

    func validate() throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: storage, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw ValidationError("There is no folder \(storage).")
        }
    }

    func run() async throws {
        let settings = try await options.load()
        let folder = StorageFolder(URL(filePath: storage, directoryHint: .isDirectory))
        let source = try ForeignDatabase(file: database.map { URL(filePath: $0) } ?? folder.database)
        let target = try ImportTarget(settings: settings, isDryRun: dryRun)
        let client = ProviderClient()
        let result: Result<ImportReport, any Error>
        let bar = ProgressBar()
        do {
            let dependencies = try target.dependencies(client)
            let run = ImportAnythingLLM(
                dependencies, folder: folder, database: source,
                policy: CachedVectorPolicy(rawValue: vectors.rawValue) ?? .check)
            result = .success(
                try await run(isDryRun: dryRun) { progress in
                    bar.show("\(progress.stage)", done: progress.done, total: progress.total)
                })
        } catch {
            result = .failure(error)
        }
        bar.finish()
        client.shutDown()
        let report = try result.get()
        print(ImportReportText(report: report, isDryRun: dryRun).text, terminator: "")
        if !dryRun { try await publishKeys(report) }
        if report.failures > 0 { throw ExitCode.failure }
    }

    /// Also after a run that found no new key: an earlier one may have been stopped before this.
    private func publishKeys(_ report: ImportReport) async throws {
        guard report.keys.found > 0 else { return }
        try await KeyAdministration(options).publish()
    }
}
