/// Kinds of rows that an import remembers; the raw value is the table that the row was put into.
public enum ImportedKind: String, Sendable, CaseIterable {
    case workspaces
    case threads
    case chats
    case documents
    case workspaceDocuments
}
