import AnythingLLMImport

/// Where a chat of the source belongs. Threads that are named but do not exist, or belong to another workspace, get one
/// to recover their chats in, because in the default thread nobody expects them (contract/storage.md 8).
struct ChatPlacement {
    enum Place: Equatable {
        /// In no thread.
        case workspace
        /// The thread of that id in the source.
        case thread(Int64)
        /// A thread that is missing; `key` names it among the threads that were taken.
        case recovered(Int64, key: String)

        var isRecovered: Bool { if case .recovered = self { true } else { false } }
    }

    /// Workspaces of the threads, by the threads' ids.
    private let workspaces: [Int64: Int64]

    init(_ contents: ForeignContents) {
        workspaces = Dictionary(contents.threads.map { ($0.id, $0.workspaceId) }) { first, _ in first }
    }

    func place(of chat: ForeignChat) -> Place {
        guard let thread = chat.threadId else { return .workspace }
        if workspaces[thread] == chat.workspaceId { return .thread(thread) }
        return .recovered(thread, key: "recovered-\(chat.workspaceId)-\(thread)")
    }
}
