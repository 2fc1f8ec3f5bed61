import Storage

/// Which settings of a workspace a client wants to set, coerced already; what is not named stays as it is.
public struct WorkspaceChanges: Sendable, Equatable {
    /// A setting that the request names or does not name.
    public enum Change<Value: Sendable & Equatable>: Sendable, Equatable {
        case keep
        case set(Value)
    }

    public var name: Change<String> = .keep
    public var temperature: Change<Double?> = .keep
    public var historyLength: Change<Int> = .keep
    public var lastUpdatedAt: Change<Int64> = .keep
    public var systemPrompt: Change<String?> = .keep
    public var similarityThreshold: Change<Double> = .keep
    public var chatProvider: Change<String?> = .keep
    public var chatModel: Change<String?> = .keep
    public var topN: Change<Int> = .keep
    public var chatMode: Change<ChatMode> = .keep
    public var agentProvider: Change<String?> = .keep
    public var agentModel: Change<String?> = .keep
    public var refusal: Change<String?> = .keep
    public var vectorSearchMode: Change<VectorSearchMode> = .keep
    public var routerId: Change<Int?> = .keep

    public init() {}

    var isEmpty: Bool { self == WorkspaceChanges() }

    /// A provider `default` is none, with no model either: of the rules between fields the one that creation has too
    /// (contract/workspaces.md 3.4 and WQ-6).
    mutating func resolveDefaultProvider() {
        guard chatProvider == .set("default") else { return }
        chatProvider = .set(nil)
        chatModel = .set(nil)
    }

    /// The rules between fields of an update (contract/workspaces.md 3.4).
    ///
    /// A provider `default` clears provider and model, the router has no model of its own, and any other named
    /// provider ends the use of a router.
    mutating func applyProviderRules() {
        resolveDefaultProvider()
        guard case .set(let provider?) = chatProvider else { return }
        if provider == "anythingllm-router" {
            chatModel = .set(nil)
        } else {
            routerId = .set(nil)
        }
    }

    func apply(to record: inout WorkspaceRecord) {
        name.apply(to: &record.name)
        temperature.apply(to: &record.openAiTemp)
        historyLength.apply(to: &record.openAiHistory)
        lastUpdatedAt.apply(to: &record.lastUpdatedAt)
        systemPrompt.apply(to: &record.openAiPrompt)
        if case .set(let value) = similarityThreshold { record.similarityThreshold = value }
        chatProvider.apply(to: &record.chatProvider)
        chatModel.apply(to: &record.chatModel)
        if case .set(let value) = topN { record.topN = value }
        if case .set(let mode) = chatMode { record.chatMode = mode.rawValue }
        agentProvider.apply(to: &record.agentProvider)
        agentModel.apply(to: &record.agentModel)
        refusal.apply(to: &record.queryRefusalResponse)
        if case .set(let mode) = vectorSearchMode { record.vectorSearchMode = mode.rawValue }
        routerId.apply(to: &record.routerId)
    }
}

extension WorkspaceChanges.Change {
    func apply(to value: inout Value) {
        if case .set(let new) = self { value = new }
    }
}
