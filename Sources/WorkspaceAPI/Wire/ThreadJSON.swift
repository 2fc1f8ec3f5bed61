import OrderedJSON
import Workspaces

extension JSONWriter {
    /// A thread as a full row (contract/threads.md 1).
    mutating func thread(_ thread: ChatThread) {
        beginObject()
        member("id", Int(thread.id))
        member("name", thread.name)
        member("slug", thread.slug)
        member("workspace_id", Int(thread.workspaceId))
        member("user_id", thread.userId.map(Int.init))
        member("createdAt", ISODate.text(thread.createdAt))
        member("lastUpdatedAt", ISODate.text(thread.lastUpdatedAt))
        endObject()
    }

    /// The threads of a workspace as its listings show them; only the list of all workspaces has names.
    mutating func threads(_ threads: [ChatThread], withNames: Bool) {
        key("threads")
        beginArray()
        for thread in threads {
            beginObject()
            member("user_id", thread.userId.map(Int.init))
            member("slug", thread.slug)
            if withNames { member("name", thread.name) }
            endObject()
        }
        endArray()
    }
}
