import AnythingLLMImport

/// A document of the source with the workspaces that are to hold it.
struct PlannedDocument {
    /// Normalised, as the library names it.
    var docpath: String
    /// The lowest link of each workspace; pinned when any of its copies was.
    var links: [ForeignLink]
    /// Every spelling under which its vectors may be cached.
    var cachePaths: [String]
}
