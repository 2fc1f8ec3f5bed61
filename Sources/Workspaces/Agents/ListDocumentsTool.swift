import LanguageModels
import OrderedJSON

/// Names the documents of the workspace.
struct ListDocumentsTool: AgentTool {
    private static let most = 200

    let shelf: WorkspaceShelf

    var definition: ToolDefinition {
        ToolDefinition(
            name: "list_documents",
            purpose: "Lists the documents of this workspace with their lengths.",
            parameters: [
                "type": "object",
                "properties": [
                    "containing": ["type": "string", "description": "Only titles that contain this; all without it."]
                ],
            ])
    }

    func thought(_ arguments: JSONObject) -> String { "Listing the workspace documents" }

    func run(_ arguments: JSONObject) async throws -> AgentFinding {
        let wanted = (arguments["containing"]?.stringValue ?? "").lowercased()
        let items = try shelf.items().filter { wanted.isEmpty || $0.title.lowercased().contains(wanted) }
        if items.isEmpty {
            return AgentFinding(
                text: wanted.isEmpty ? "The workspace holds no documents." : "No title contains \"\(wanted)\".")
        }
        var lines = items.prefix(Self.most).map { item in
            "- \(item.title) (\(item.docpath)\(item.words.map { ", \($0) words" } ?? ""))"
        }
        if items.count > Self.most { lines.append("… and \(items.count - Self.most) more.") }
        return AgentFinding(text: lines.joined(separator: "\n"))
    }
}
