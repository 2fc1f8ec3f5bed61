public import Documents
public import LanguageModels
public import Logging
public import SentenceEmbedding
public import Storage
public import TokenCounting

/// What every use case works with; made once by the program, or by a test with its own clock and ids.
public struct Dependencies: Sendable {
    public var database: CarrelDatabase
    public var indexes: WorkspaceIndexes
    public var embedder: any SentenceEmbedder
    /// Nil for the built-in one, which compares what the searches know.
    public var reranker: (any PassageReranker)?
    public var models: LanguageModelCatalog
    public var tokens: any TokenCounter
    public var settings: InstanceSettings
    public var links: LinkFetcher
    public var source: ValueSource
    public var logger: Logger

    public init(
        database: CarrelDatabase, embedder: any SentenceEmbedder, models: LanguageModelCatalog,
        tokens: any TokenCounter, settings: InstanceSettings, source: ValueSource = .system, logger: Logger,
        indexStorage: IndexStorage = IndexStorage(),
        reranker: (any PassageReranker)? = nil
    ) {
        self.database = database
        indexes = WorkspaceIndexes(database: database, storage: indexStorage, logger: logger)
        self.embedder = embedder
        self.models = models
        self.tokens = tokens
        self.settings = settings
        links = LinkFetcher(allowsAnyAddress: settings.linksMayLeadAnywhere)
        self.source = source
        self.logger = logger
        self.reranker = reranker
    }
}
