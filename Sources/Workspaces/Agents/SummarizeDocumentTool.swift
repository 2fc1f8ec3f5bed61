import LanguageModels
import OrderedJSON

/// Summarises a document that may be much longer than the model's window: part by part, by the model itself.
struct SummarizeDocumentTool: AgentTool {
    /// So many parts are summarised at most; of longer documents it is said how far it went.
    private static let mostParts = 12

    private static let instruction = """
        Summarise the following part of a document in at most 150 words. Keep names, figures and dates. Return only \
        the summary.
        """

    let shelf: WorkspaceShelf
    let model: any ChatModel
    /// Characters (Unicode scalars) of a part.
    let partLength: Int
    /// No part is begun after that.
    let deadline: ContinuousClock.Instant

    var definition: ToolDefinition {
        ToolDefinition(
            name: "summarize_document",
            purpose: "Summarises a document of this workspace, however long. To see its words, use read_document.",
            parameters: [
                "type": "object",
                "properties": [
                    "document": ["type": "string", "description": "Its title or path, as list_documents shows it."]
                ],
                "required": ["document"],
            ])
    }

    func thought(_ arguments: JSONObject) -> String {
        "Summarizing \(arguments["document"]?.stringValue ?? "a document")"
    }

    func run(_ arguments: JSONObject) async throws -> AgentFinding {
        let (item, text) = try shelf.required(try arguments.argument("document"))
        let parts = DocumentParts(text, length: partLength)
        var finding = AgentFinding(text: "")
        var summaries: [String] = []
        for number in 1...min(parts.count, Self.mostParts) where ContinuousClock.now < deadline {
            let start = ContinuousClock.now
            let answer = try await model.complete(request(parts[number]))
            finding.usage.append(answer.usage ?? TokenUsage())
            finding.seconds += start.duration(to: .now).seconds
            summaries.append(answer.text ?? "")
        }
        finding.text = "Summary of \(item.title)"
        if summaries.count < parts.count {
            finding.text += ", the first \(summaries.count) of \(parts.count) parts only"
        }
        finding.text += ":\n\n" + summaries.joined(separator: "\n\n")
        return finding
    }

    private func request(_ part: String) -> ChatRequest {
        ChatRequest(
            messages: [ChatMessage(role: .system, text: Self.instruction), ChatMessage(role: .user, text: part)],
            temperature: model.defaultTemperature, question: part)
    }
}
