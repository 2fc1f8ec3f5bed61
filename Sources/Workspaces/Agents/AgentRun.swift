import LanguageModels
import Logging
import OrderedJSON
import TokenCounting

/// The loop of an agent: the model writes or asks for tools, the tools answer, until it has no more questions or a
/// limit is reached.
///
/// Rounds, time and size are bounded (``AgentLimits``). At a limit the model is told so instead of being given a
/// result, and has one more turn to answer with what it knows.
struct AgentRun {
    /// Takes a step to the client; throws when there is no client any more.
    typealias Report = (AgentStep) async throws -> Void

    private static let noMore = "No more tools can be called. Answer now with what you have."

    private let chat: AgentChat
    private let dependencies: Dependencies
    private let tokens: any TokenCounter
    private var rounds: [ToolRound] = []
    private var roundTokens = 0
    /// The model was told that there is no more.
    private var isLastTurn = false
    private var usage = AgentUsage()
    private var answer: AgentAnswer

    init(_ chat: AgentChat, _ dependencies: Dependencies) {
        self.chat = chat
        self.dependencies = dependencies
        tokens = dependencies.modelTokens.counter(forModel: chat.model.name)
        answer = AgentAnswer(sources: chat.sources)
    }

    /// Runs to the end. Never throws: what goes wrong is the answer, as clients of the reference expect.
    mutating func callAsFunction(_ report: Report) async -> AgentAnswer {
        do {
            while try await takeTurn(report) {}
            answer.metrics = usage.metrics(of: chat.model, at: ISODate.text(dependencies.source.now()))
        } catch let error as LanguageModelError where error.code != .cancelled && !Task.isCancelled {
            await fail(error, report)
        } catch {
            answer.isCut = true
        }
        return answer
    }

    private mutating func fail(_ error: LanguageModelError, _ report: Report) async {
        dependencies.logger.warning("agent failed", metadata: ["error.reason": .string(error.logDescription)])
        answer.hasFailed = true
        answer.text = "The agent model failed to respond: " + error.message
        let thought = "Error encountered while running: " + answer.text
        answer.thoughts.append(thought)
        do { try await report(.thought(thought)) } catch { answer.isCut = true }
    }

    private var isOutOfTime: Bool { ContinuousClock.now >= chat.deadline }

    /// Whether the model was left because the agent's time is over, and not for a fault of its own.
    private func isEndOfTime(_ error: LanguageModelError) -> Bool { error.code == .timedOut && isOutOfTime }
}

extension AgentRun {
    /// One turn of the model and the tools that it asks for.
    ///
    /// - Returns: whether another turn is to follow.
    private mutating func takeTurn(_ report: Report) async throws -> Bool {
        let start = ContinuousClock.now
        guard let turn = try await nextTurn() else {
            usage.add(nil, seconds: start.duration(to: .now).seconds)
            try finish(hasCalls: false)
            return false
        }
        let (said, reasoning) = try await read(turn, since: start, report)
        let calls = turn.calls
        if calls.isEmpty || isLastTurn || isOutOfTime {
            try finish(hasCalls: !calls.isEmpty)
            return false
        }
        if said.contains(where: { !$0.isWhitespace }) { answer.thoughts.append(said) }
        answer.text = ""
        let mayCall = rounds.count < chat.limits.rounds && roundTokens < chat.limits.totalTokens
        isLastTurn = !mayCall
        var results: [ToolResult] = []
        for call in calls {
            let result =
                mayCall && !isOutOfTime
                ? try await result(of: call, report) : ToolResult(callID: call.id, text: Self.noMore, isError: true)
            roundTokens += tokens.count(result.text) + tokens.count(call.argumentText)
            results.append(result)
        }
        rounds.append(ToolRound(text: said, reasoning: reasoning, calls: calls, results: results))
        return true
    }

    /// Asks the model; nil when the time is over before it has begun to answer.
    private func nextTurn() async throws(LanguageModelError) -> ToolTurn? {
        if isOutOfTime { return nil }
        do throws(LanguageModelError) {
            return try await chat.model.stream(
                ToolRequest(chat: chat.request, tools: chat.tools.map(\.definition), rounds: rounds))
        } catch {
            if isEndOfTime(error) { return nil }
            throw error
        }
    }

    /// Reads a turn to its end or to the end of the time, and counts it; the answer's text becomes what it says.
    ///
    /// - Parameter start: when the model was asked; what it took until its first word counts.
    /// - Returns: what the model wrote, and its reasoning.
    private mutating func read(
        _ turn: ToolTurn, since start: ContinuousClock.Instant, _ report: Report
    ) async throws -> (said: String, reasoning: String) {
        var (said, reasoning) = ("", "")
        var pieces = 0
        var latest: TokenUsage?
        // The wait for usage behind the answer is no part of it.
        var end: ContinuousClock.Instant?
        do {
            for try await event in turn.events {
                switch event {
                case .text(let piece):
                    said += piece
                    pieces += 1
                    answer.text += piece
                    try await report(.piece(piece))
                case .reasoning(let piece):
                    reasoning += piece
                    answer.text += piece
                    try await report(.piece(piece))
                case .usage(let usage): latest = usage
                case .finished: end = .now
                }
                if isOutOfTime { break }
            }
        } catch let error as LanguageModelError where isEndOfTime(error) {
            // The answer ends where it is.
        }
        let written = turn.calls.reduce(pieces) { $0 + tokens.count($1.argumentText) }
        let counted = TokenUsage.completing(latest, of: chat.model, pieces: written) {
            PromptSize.count(chat.request.messages, tokens) + roundTokens
        }
        usage.add(counted, seconds: start.duration(to: end ?? .now).seconds)
        return (said, reasoning)
    }

    /// - Throws: when the model has said nothing although nothing kept it.
    private mutating func finish(hasCalls: Bool) throws {
        if !answer.text.isEmpty { return }
        guard hasCalls || isOutOfTime else {
            throw LanguageModelError(.malformedAnswer, "The answer was empty.")
        }
        answer.text =
            isOutOfTime
            ? "The agent was stopped after \(chat.limits.time.components.seconds) seconds without an answer."
            : "The agent was stopped after \(chat.limits.rounds) rounds of tools without an answer."
    }
}

extension AgentRun {
    /// What a call gives, or why it gives nothing; only a client that has left ends the run.
    private mutating func result(of call: ToolCall, _ report: Report) async throws -> ToolResult {
        guard let tool = chat.tools.first(where: { $0.definition.name == call.name }) else {
            return ToolResult(callID: call.id, text: "There is no tool \"\(call.name)\".", isError: true)
        }
        guard let arguments = call.arguments else {
            return ToolResult(callID: call.id, text: "The arguments are no JSON object.", isError: true)
        }
        let thought = tool.thought(arguments)
        answer.thoughts.append(thought)
        answer.toolCalls.append(call.name)
        try await report(.thought(thought))
        do {
            let finding = try await tool.run(arguments)
            add(finding.sources)
            finding.usage.forEach { usage.add($0, seconds: 0) }
            usage.add(nil, seconds: finding.seconds)
            return ToolResult(callID: call.id, text: shortened(finding.text))
        } catch {
            try Task.checkCancellation()
            if !(error is AgentToolRefusal) {
                dependencies.logger.warning(
                    "agent tool failed",
                    metadata: ["agent.tool": .string(call.name), "error.reason": .string(LogReason.of(error))])
            }
            return ToolResult(callID: call.id, text: shortened(String(describing: error)), isError: true)
        }
    }

    /// Each source once.
    private mutating func add(_ sources: [JSONValue]) {
        for source in sources where !answer.sources.contains(where: { $0["id"] == source["id"] && $0["id"] != nil }) {
            answer.sources.append(source)
        }
    }

    private func shortened(_ text: String) -> String {
        tokens.cuttingMiddle(of: text, to: Double(chat.limits.resultTokens), marker: "\n\n[…]\n\n")
    }
}
