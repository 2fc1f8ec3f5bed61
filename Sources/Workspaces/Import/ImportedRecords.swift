import AnythingLLMImport
import OrderedJSON
import Storage

/// Rows of the source in the form that they have here. What is missing or of the wrong type gets its default.
enum ImportedRecords {
    /// - Parameters:
    ///   - defaultPrompt: what a workspace without a prompt of its own has used.
    ///   - now: for rows without a date.
    static func workspace(
        _ foreign: ForeignWorkspace, slug: String, defaultPrompt: String?, now: Int64
    ) -> WorkspaceRecord {
        let createdAt = foreign.createdAt ?? now
        var record = WorkspaceRecord(
            name: foreign.name.prefix(utf16Length: CreateWorkspace.nameLimit), slug: slug, createdAt: createdAt)
        record.lastUpdatedAt = foreign.lastUpdatedAt ?? createdAt
        record.openAiTemp = foreign.temperature.flatMap { $0 >= 0 ? $0 : nil }
        record.openAiHistory = Int(clamping: Int32(clamping: max(0, foreign.historyLength ?? 20)))
        record.openAiPrompt = foreign.systemPrompt ?? defaultPrompt ?? SystemPrompt.builtIn
        record.similarityThreshold = foreign.similarityThreshold.map { min(max($0, 0), 1) }
        record.topN = foreign.topN.flatMap { $0 > 0 ? Int(Int32(clamping: $0)) : nil } ?? 4
        record.chatMode = (foreign.chatMode.flatMap(ChatMode.init(rawValue:)) ?? .standard).rawValue
        record.vectorSearchMode = VectorSearchMode(word: foreign.vectorSearchMode).rawValue
        record.chatProvider = provider(foreign.chatProvider)
        record.chatModel = record.chatProvider == nil ? nil : text(foreign.chatModel)
        record.agentProvider = provider(foreign.agentProvider)
        record.agentModel = record.agentProvider == nil ? nil : text(foreign.agentModel)
        record.queryRefusalResponse = text(foreign.refusal)
        return record
    }

    static func thread(
        _ foreign: ForeignThread, slug: String, workspaceId: Int64, userId: Int64?, now: Int64
    ) -> ThreadRecord {
        let createdAt = foreign.createdAt ?? now
        var record = ThreadRecord(
            name: foreign.name, slug: slug, workspaceId: workspaceId, userId: userId, createdAt: createdAt)
        record.lastUpdatedAt = foreign.lastUpdatedAt ?? createdAt
        return record
    }

    static func chat(
        _ foreign: ForeignChat, workspaceId: Int64, threadId: Int64?, userId: Int64?, now: Int64
    ) -> ChatRecord {
        let createdAt = foreign.createdAt ?? now
        var record = ChatRecord(
            workspaceId: workspaceId, prompt: foreign.prompt, response: foreign.response, include: foreign.include,
            userId: userId, threadId: threadId, apiSessionId: foreign.sessionId, createdAt: createdAt)
        record.lastUpdatedAt = foreign.lastUpdatedAt ?? createdAt
        record.feedbackScore = foreign.feedbackScore
        return record
    }

    /// The link's own keys, frozen when it was embedded, if they are JSON.
    static func metadata(of link: ForeignLink) -> JSONObject? {
        let keys = link.metadata.map { StoredJSON.object($0) } ?? [:]
        return keys.isEmpty ? nil : ForeignDocument(metadata: keys, pageContent: "").metadata
    }

    private static func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// The router of the source is a table of rules that does not exist here.
    private static func provider(_ name: String?) -> String? {
        text(name).flatMap { ["none", "anythingllm-router"].contains($0) ? nil : $0 }
    }
}
