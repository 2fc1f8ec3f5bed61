/// What is counted (contract/system.md 5).
enum TelemetryEvent: String {
    case workspaceCreated = "workspace_created"
    case threadCreated = "workspace_thread_created"
    case sentChat = "sent_chat"
    case agentChatStarted = "agent_chat_started"
    case agentChatSent = "agent_chat_sent"
    case agentToolCall = "agent_tool_call"
    case documentUploaded = "document_uploaded"
    case rawDocumentUploaded = "raw_document_uploaded"
    case linkUploaded = "link_uploaded"
    case generatedFileDownloaded = "agent_generated_file_downloaded"
    case documentsEmbedded = "documents_embedded_in_workspace"

    /// Milliseconds in which a second event of the kind is not counted.
    var coolDown: Int64 {
        switch self {
        case .sentChat, .agentChatStarted, .agentChatSent, .agentToolCall: 1_800_000
        case .documentUploaded, .rawDocumentUploaded, .linkUploaded, .generatedFileDownloaded, .documentsEmbedded:
            30_000
        case .workspaceCreated, .threadCreated: 0
        }
    }
}
