/// Which rows a listing of chats shows.
public enum ChatListing: Sendable, Equatable {
    /// No thread, no session, included rows of all users.
    case workspace(Int64)
    /// No thread, no user, hidden rows too.
    case session(String, workspaceId: Int64)
    /// Included rows without a session, of all users.
    case thread(Int64, workspaceId: Int64)
}
