import OrderedJSON
import Workspaces

extension JSONWriter {
    /// The columns of a workspace, in the order in which clients have always seen them (contract/workspaces.md 2).
    mutating func workspaceMembers(_ workspace: Workspace) {
        member("id", Int(workspace.id))
        member("name", workspace.name)
        member("slug", workspace.slug)
        member("vectorTag", workspace.vectorTag)
        member("createdAt", ISODate.text(workspace.createdAt))
        member("openAiTemp", workspace.temperature)
        member("openAiHistory", workspace.historyLength)
        member("lastUpdatedAt", ISODate.text(workspace.lastUpdatedAt))
        member("openAiPrompt", workspace.systemPrompt)
        member("similarityThreshold", workspace.similarityThreshold)
        member("chatProvider", workspace.chatProvider)
        member("chatModel", workspace.chatModel)
        member("topN", workspace.topN)
        member("chatMode", workspace.chatMode)
        member("pfpFilename", workspace.pictureFilename)
        member("agentProvider", workspace.agentProvider)
        member("agentModel", workspace.agentModel)
        member("queryRefusalResponse", workspace.refusal)
        member("vectorSearchMode", workspace.vectorSearchMode)
        member("router_id", workspace.routerId)
    }

    mutating func workspace(_ workspace: Workspace) {
        beginObject()
        workspaceMembers(workspace)
        endObject()
    }
}
