import OrderedJSON

extension StreamChat {
    /// An agent: its steps as they come, then the answer once more as a whole (contract/chat.md 6.2).
    func run(_ chat: AgentChat, _ id: String, _ emit: Emit) async throws {
        let record = RecordAgent(dependencies: dependencies)
        try record.start()
        var run = AgentRun(chat, dependencies)
        let answer = await run { step in
            try Task.checkCancellation()
            switch step {
            case .thought(let thought): try await emit(.agentThought(id: id, thought: thought))
            case .piece(let text): try await emit(.agentChunk(id: id, text: text))
            }
        }
        let final = ChatEvent.agentFinal(
            uuid: id, text: answer.text, thoughts: answer.thoughts, sources: answer.sources, metrics: answer.metrics)
        if answer.isCut, answer.text.isEmpty {
            try record(answer, for: chat.input, telling: .event(final))
            _ = await delivers(emit, .failed(id: id, message: Self.serverStops))
            return
        }
        if answer.metrics.count > 0 { _ = await delivers(emit, .agentUsage(id: id, metrics: answer.metrics)) }
        _ = await delivers(emit, .agentText(id: id, text: answer.text))
        try record(answer, for: chat.input, telling: .event(final))
        _ = await delivers(emit, final)
    }
}
