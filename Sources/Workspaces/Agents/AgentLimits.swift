/// How long an agent may go on.
struct AgentLimits: Sendable, Equatable {
    /// Rounds of tool calls that are carried out.
    var rounds = 8
    /// Time after which no tool is called any more and no answer is waited for.
    var time = Duration.seconds(300)
    /// Tokens of one tool's result.
    var resultTokens: Int
    /// Tokens of all calls and results together.
    var totalTokens: Int

    /// - Parameter window: of the model, in tokens. A result gets a sixth of it and all of them half, so that the
    ///   prompt and the answer keep their room.
    init(_ settings: InstanceSettings, window: Int) {
        if let given = settings["CARREL_AGENT_ROUNDS"].flatMap(Int.init) { rounds = max(0, given) }
        if let given = settings["CARREL_AGENT_SECONDS"].flatMap(Int.init) { time = .seconds(max(0, given)) }
        resultTokens = max(200, window / 6)
        totalTokens = window / 2
    }
}
