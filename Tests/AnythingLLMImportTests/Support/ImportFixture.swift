import AnythingLLMImport
import ProviderHTTP
import Foundation
import LanguageModels
import Logging
import SentenceEmbedding
import Storage
import Synchronization
import TokenCounting
import Workspaces

/// A database to import into, and an embedder that counts.
final class ImportFixture {
    let dependencies: Dependencies
    let embedder: CountingEmbedder
    var database: CarrelDatabase { dependencies.database }

    init(_ embedder: CountingEmbedder = CountingEmbedder()) throws {
        self.embedder = embedder
        dependencies = Dependencies(
            database: try CarrelDatabase(), embedder: embedder,
            models: LanguageModelCatalog(setting: { _ in nil }, httpClient: ProviderClient()),
            tokens: EstimatedTokenCounter(), settings: InstanceSettings { _ in nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @discardableResult
    func run(
        _ storage: ForeignStorage, dryRun: Bool = false, policy: CachedVectorPolicy = .check
    ) async throws -> ImportReport {
        let folder = StorageFolder(storage.url)
        let source = try ForeignDatabase(file: folder.database)
        return try await ImportAnythingLLM(dependencies, folder: folder, database: source, policy: policy)(
            isDryRun: dryRun, progress: { _ in })
    }

    func workspace(_ slug: String) throws -> WorkspaceRecord? { try database.read { try $0.workspace(slug: slug) } }

    func documents(_ slug: String) throws -> [WorkspaceDocumentRecord] {
        try database.read { transaction in
            guard let id = try transaction.workspace(slug: slug)?.id else { return [] }
            return try transaction.workspaceDocuments(workspaceId: id)
        }
    }

    func vectorCount(_ slug: String) throws -> Int {
        try database.read { transaction in
            guard let id = try transaction.workspace(slug: slug)?.id else { return 0 }
            return try transaction.vectorCount(workspaceId: id)
        }
    }

    func text(_ docpath: String) throws -> String? {
        try database.read { transaction in
            let parts = docpath.split(separator: "/").map(String.init)
            guard parts.count == 2, let id = try transaction.document(folder: parts[0], fileName: parts[1])?.id
            else { return nil }
            return try transaction.text(documentId: id)
        }
    }
}

/// Counts letters, and calls.
final class CountingEmbedder: SentenceEmbedder {
    let identifier: String
    let maximumChunkLength = 1000
    let passagePrefix = ""
    /// Passages that are refused; empty for none.
    let refusing: String
    private let passages = Mutex<[String]>([])

    init(identifier: String = "test/letters", refusing: String = "") {
        self.identifier = identifier
        self.refusing = refusing
    }

    var embedded: [String] { passages.withLock { $0 } }

    func embed(query: String) async throws(EmbeddingError) -> [Float] { Self.vector(query).map { Float($0) } }

    func embed(passages texts: [String]) async throws(EmbeddingError) -> [[Float]] {
        if !refusing.isEmpty, texts.contains(where: { $0.contains(refusing) }) {
            throw EmbeddingError(.upstream, "The embedder is down.")
        }
        passages.withLock { $0 += texts }
        return texts.map { Self.vector($0).map { Float($0) } }
    }

    /// How often each letter occurs, of unit length.
    static func vector(_ text: String) -> [Double] {
        var counts = [Double](repeating: 0.1, count: 26)
        for byte in text.lowercased().utf8 where (97...122).contains(byte) { counts[Int(byte) - 97] += 1 }
        let length = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return counts.map { $0 / length }
    }
}
