import LanguageModels
import OrderedJSON

/// A message that goes to an agent, ready to run.
struct AgentChat: Sendable {
    var input: ChatInput
    var model: any ToolCallingModel
    var request: ChatRequest
    var tools: [any AgentTool]
    var limits: AgentLimits
    /// When the time of ``limits`` is over; `model` waits no longer either.
    var deadline: ContinuousClock.Instant
    /// Documents given whole.
    var sources: [JSONValue]
}
