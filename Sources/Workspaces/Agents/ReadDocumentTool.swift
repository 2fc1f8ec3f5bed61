import LanguageModels
import OrderedJSON

/// Gives the text of a document of the workspace, part by part.
struct ReadDocumentTool: AgentTool {
    let shelf: WorkspaceShelf
    /// Characters (Unicode scalars) of a part.
    let partLength: Int

    var definition: ToolDefinition {
        ToolDefinition(
            name: "read_document",
            purpose:
                "Gives the text of a document of this workspace, to read it closely. Long documents come in parts, "
                + "each by a call of its own.",
            parameters: [
                "type": "object",
                "properties": [
                    "document": ["type": "string", "description": "Its title or path, as list_documents shows it."],
                    "part": ["type": "integer", "description": "Number of the part, from 1.", "minimum": 1],
                ],
                "required": ["document"],
            ])
    }

    func thought(_ arguments: JSONObject) -> String {
        "Reading \(arguments["document"]?.stringValue ?? "a document")"
    }

    func run(_ arguments: JSONObject) async throws -> AgentFinding {
        let (item, text) = try shelf.required(try arguments.argument("document"))
        let parts = DocumentParts(text, length: partLength)
        let part = arguments["part"]?.integerValue ?? 1
        guard (1...parts.count).contains(part) else {
            throw AgentToolRefusal("\"\(item.title)\" has parts 1 to \(parts.count).")
        }
        return AgentFinding(text: "\(item.title), part \(part) of \(parts.count):\n\n\(parts[part])")
    }
}
