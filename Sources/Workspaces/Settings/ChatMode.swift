/// How a message is answered (contract/chat.md 1).
public enum ChatMode: String, Sendable, CaseIterable {
    /// With the documents' help where they have some, otherwise from the model's own knowledge.
    case chat
    /// From the documents only: without relevant context the answer is a refusal.
    case query
    /// With tools where the provider can call them, otherwise as `chat`.
    case automatic

    /// For new workspaces and in place of bad values (contract/workspaces.md D-1).
    public static let standard = ChatMode.chat
}
