/// What to search for and what to show of it.
public struct SearchRequest: Sendable, Equatable {
    /// Not empty.
    public var query: String
    /// Nil for the workspace's own.
    public var mode: SearchMode?
    /// Hits wanted, at least 1; nil for the workspace's.
    public var topN: Int?
    /// Least score shown, 0 to 1; nil for the workspace's.
    public var threshold: Double?
    /// Which documents are searched; nil for all.
    public var filter: MetadataFilter?
    /// Most hits of one document; nil for any number.
    public var maxPerDocument: Int?
    /// Chunks before and after each hit that are shown with it.
    public var neighbours: Int
    /// Whether hits tell where they stand in their document.
    public var showsPlace: Bool

    public init(
        query: String, mode: SearchMode? = nil, topN: Int? = nil, threshold: Double? = nil,
        filter: MetadataFilter? = nil, maxPerDocument: Int? = nil, neighbours: Int = 0, showsPlace: Bool = false
    ) {
        self.query = query
        self.mode = mode
        self.topN = topN
        self.threshold = threshold
        self.filter = filter
        self.maxPerDocument = maxPerDocument
        self.neighbours = neighbours
        self.showsPlace = showsPlace
    }

    /// The request with a workspace's own settings where it has none.
    func completed(by workspace: Workspace) -> SearchRequest {
        var request = self
        request.mode = mode ?? VectorSearchMode(word: workspace.vectorSearchMode).searchMode
        request.topN = topN ?? workspace.effectiveTopN
        request.threshold = threshold ?? workspace.effectiveThreshold
        return request
    }

    var effectiveMode: SearchMode { mode ?? .normal }
    var effectiveTopN: Int { max(1, topN ?? 4) }
    var effectiveThreshold: Double { threshold ?? 0.25 }
}
