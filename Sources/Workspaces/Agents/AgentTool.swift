import LanguageModels
import OrderedJSON

/// Something that an agent's model may ask for.
protocol AgentTool: Sendable {
    var definition: ToolDefinition { get }

    /// What the client is told while the tool works.
    func thought(_ arguments: JSONObject) -> String

    /// - Throws: ``AgentToolRefusal`` with words for the model, or what went wrong inside.
    func run(_ arguments: JSONObject) async throws -> AgentFinding
}

extension JSONObject {
    /// A text argument without white space around it.
    ///
    /// - Throws: ``AgentToolRefusal`` when it is missing or blank.
    func argument(_ name: String) throws(AgentToolRefusal) -> String {
        let text = self[name]?.stringValue ?? ""
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { throw AgentToolRefusal("The argument \"\(name)\" is missing.") }
        return String(text[first...last])
    }
}
