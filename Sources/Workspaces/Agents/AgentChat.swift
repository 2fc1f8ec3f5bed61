import LanguageModels
import OrderedJSON

/// A message that goes to an agent, ready to run.
struct AgentChat: Sendable {
    var input: ChatInput
    var model: any ToolCallingModel
    var request: ChatRequest
    var tools: [any AgentTool]
    var limits: AgentLimits
    /// Documents given whole.
    var sources: [JSONValue]
}
