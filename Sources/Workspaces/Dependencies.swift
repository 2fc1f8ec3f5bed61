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
    let swapGate = SwapGate()
    let fieldTables = FieldTables()
    let jobBoard = JobBoard()
    public var embedder: any SentenceEmbedder
    /// An embedder that made stored vectors, by its identifier; nil when it cannot be asked any more.
    public var earlierEmbedder: @Sendable (String) -> (any SentenceEmbedder)?
    /// Nil for the built-in one, which compares what the searches know.
    public var reranker: (any PassageReranker)?
    public var models: LanguageModelCatalog
    /// Counts the tokens of documents.
    public var tokens: any TokenCounter
    /// Count the tokens of prompts.
    public var modelTokens: TokenCounters
    public var settings: InstanceSettings
    public var links: LinkFetcher
    /// How agents read web pages; nil for the way of links, where the settings let them.
    public var pages: (any PageFetching)?
    /// What uploaded files are converted with.
    public var conversion: ConversionTools
    public var source: ValueSource
    public var logger: Logger

    public init(
        database: CarrelDatabase, embedder: any SentenceEmbedder, models: LanguageModelCatalog,
        tokens: any TokenCounter, modelTokens: TokenCounters? = nil, settings: InstanceSettings,
        conversion: ConversionTools = ConversionTools(), source: ValueSource = .system, logger: Logger,
        indexStorage: IndexStorage = IndexStorage(), reranker: (any PassageReranker)? = nil,
        earlierEmbedder: @escaping @Sendable (String) -> (any SentenceEmbedder)? = { _ in nil }
    ) {
        self.database = database
        indexes = WorkspaceIndexes(database: database, storage: indexStorage, logger: logger)
        self.embedder = embedder
        self.earlierEmbedder = earlierEmbedder
        self.models = models
        self.tokens = tokens
        self.modelTokens = modelTokens ?? TokenCounters(standard: tokens)
        self.settings = settings
        links = LinkFetcher(allowsAnyAddress: settings.linksMayLeadAnywhere)
        self.conversion = conversion
        links.report = { host, reason in
            logger.info("link not fetched", metadata: ["link.host": .string(host), "error.reason": .string(reason)])
        }
        self.source = source
        self.logger = logger
        self.reranker = reranker
    }
}
