import ProviderHTTP
import Foundation
import LanguageModels
import Logging
import SentenceEmbedding
import Storage
import TestSupport
import TokenCounting
import VectorIndexing

@testable import Workspaces

/// Use cases over a database of their own.
struct WorkspacesFixture {
    private(set) var dependencies: Dependencies
    private(set) var storage = IndexStorage()
    /// Nil for a database in memory.
    private let directory: TemporaryDirectory?

    /// - Parameters:
    ///   - onDisk: for tests with concurrent readers, which a database in memory serialises.
    ///   - snapshots: whether indexes of any size leave snapshot files in the folder of `storage`, when they are told to.
    init(
        _ embedder: any SentenceEmbedder = RecordingEmbedder(), onDisk: Bool = false, snapshots: Bool = false
    ) throws {
        directory = onDisk || snapshots ? try TemporaryDirectory() : nil
        if snapshots, let directory {
            storage.folder = URL(fileURLWithPath: directory.file("index"))
            storage.smallestSnapshot = 1
            storage.delay = .seconds(3600)
        }
        let database =
            if let directory { try CarrelDatabase(directory: URL(fileURLWithPath: directory.path)) } else {
                try CarrelDatabase()
            }
        dependencies = Dependencies(
            database: database, embedder: embedder,
            models: LanguageModelCatalog(setting: { _ in nil }, httpClient: ProviderClient()),
            tokens: EstimatedTokenCounter(), settings: InstanceSettings { _ in nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, indexStorage: storage)
    }

    /// The same database as a server sees it that has just started.
    func restarted(
        embedder: (any SentenceEmbedder)? = nil, budget: Int? = nil, storage: IndexStorage? = nil
    ) -> Dependencies {
        var storage = storage ?? self.storage
        if let budget { storage.memoryBudget = budget }
        return Dependencies(
            database: database, embedder: embedder ?? dependencies.embedder, models: dependencies.models,
            tokens: dependencies.tokens, settings: dependencies.settings, logger: dependencies.logger,
            indexStorage: storage)
    }

    /// As after a restart of the server: what was in memory is gone.
    mutating func restart() { dependencies = restarted() }

    var database: CarrelDatabase { dependencies.database }

    func workspace(_ slug: String) throws -> Workspace {
        try database.write { transaction in
            var record = WorkspaceRecord(name: slug, slug: slug, createdAt: 0)
            try transaction.insert(&record)
            return Workspace(record)
        }
    }

    /// Stores a text under `library/<name>`, in place of one that is there, and returns its docpath.
    @discardableResult
    func document(_ name: String, _ text: String) throws -> String {
        try database.write { transaction in
            try transaction.deleteDocument(folder: "library", fileName: name)
            var record = LibraryDocumentRecord(
                folder: "library", fileName: name, metadata: #"{"title":"T"}"#, contentHash: Array(text.utf8),
                createdAt: 0)
            try transaction.insert(&record, text: text)
            return record.docpath
        }
    }

    func embed(_ docpath: String, into workspace: Workspace) async throws -> EmbedDocument.Outcome {
        try await EmbedDocument(dependencies: dependencies)(docpath, workspace: workspace)
    }

    /// Vectors in the database and in the index, which must agree.
    func counts(_ workspace: Workspace) throws -> [Int] {
        [
            try database.read { try $0.vectorCount(workspaceId: workspace.id) },
            try dependencies.indexes.index(workspaceId: workspace.id).count,
        ]
    }
}
