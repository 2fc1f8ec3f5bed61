import ProviderHTTP
import Foundation
import LanguageModels
import Logging
import SentenceEmbedding
import Storage
import TokenCounting
import Workspaces

/// The storage that an import writes to, held against every server for as long as the value lives.
final class ImportTarget {
    private let settings: Settings
    private let database: CarrelDatabase
    /// Nil for a dry run, which writes nothing.
    private let lock: StorageLock?

    /// - Throws: ``StorageError`` with code `locked` and what to do while a server runs.
    init(settings: Settings, isDryRun: Bool) throws {
        self.settings = settings
        let directory = URL(filePath: settings.text("STORAGE_DIR"), directoryHint: .isDirectory)
        if isDryRun {
            lock = nil
            let exists = FileManager.default.fileExists(atPath: directory.appending(path: "carrel.db").path)
            // A storage that does not exist yet is an empty one, and a dry run does not make it.
            database = try StorageOwner.act(in: directory) {
                exists ? try CarrelDatabase(directory: directory) : try CarrelDatabase()
            }
            return
        }
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        (lock, database) = try StorageOwner.act(in: directory) {
            (try Self.lock(directory), try CarrelDatabase(directory: directory))
        }
    }

    private static func lock(_ directory: URL) throws -> StorageLock {
        do {
            return try StorageLock(directory: directory)
        } catch {
            guard error.code == .locked else { throw error }
            throw StorageError(
                code: .locked,
                message: """
                    A server or another import uses \(directory.path). Stop it for the time of the import \
                    (`systemctl stop carrel.socket carrel`), or look first with --dry-run, which works beside it.
                    """)
        }
    }

    /// - Throws: ``EmbeddingError`` when the embedder cannot be made.
    func dependencies(_ client: ProviderClient) throws -> Dependencies {
        let logger = Logger(label: "carrel") { _ in SwiftLogNoOpLogHandler() }
        let tokens = ModelKnowledge(settings: settings).counters(logger)
        return Dependencies(
            database: database, embedder: try EmbedderSelection(settings: settings).embedder(client),
            models: LanguageModelCatalog(setting: { _ in nil }, httpClient: client),
            tokens: tokens.standard, modelTokens: tokens,
            settings: InstanceSettings { [settings] in settings.given($0) }, logger: logger)
    }
}
