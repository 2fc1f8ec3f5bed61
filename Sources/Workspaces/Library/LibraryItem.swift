public import OrderedJSON

/// A document as listings show it (contract/documents.md 5.1).
public struct LibraryItem: Sendable, Equatable {
    public var folder: String
    public var name: String
    /// JSON text of the stored keys without the content.
    public var metadataText: String
    /// Whether an embedding of it is stored.
    public var cached: Bool
    /// Ids of the workspaces that pin it.
    public var pinnedWorkspaces: [Int64]
    public var watched: Bool

    /// The stored keys without the content.
    public var metadata: JSONObject { StoredJSON.object(metadataText) }
}
