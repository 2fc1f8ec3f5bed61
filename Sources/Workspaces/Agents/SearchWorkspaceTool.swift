import LanguageModels
import OrderedJSON
import VectorIndexing

/// Finds passages of the workspace's documents by their meaning.
struct SearchWorkspaceTool: AgentTool {
    private static let mostPassages = 20

    let workspace: Workspace
    let dependencies: Dependencies

    var definition: ToolDefinition {
        ToolDefinition(
            name: "search_workspace",
            purpose: "Searches the documents of this workspace and gives the passages that fit the query best. Use it "
                + "before you answer anything that the documents may know.",
            parameters: [
                "type": "object",
                "properties": [
                    "query": ["type": "string", "description": "What to look for, in the words of the documents."],
                    "count": [
                        "type": "integer", "description": "How many passages are wanted, 1 to 20.", "minimum": 1,
                        "maximum": 20,
                    ],
                ],
                "required": ["query"],
            ])
    }

    func thought(_ arguments: JSONObject) -> String {
        "Searching the workspace documents for \"\(arguments["query"]?.stringValue ?? "")\""
    }

    func run(_ arguments: JSONObject) async throws -> AgentFinding {
        let query = try arguments.argument("query")
        guard try dependencies.indexes.index(workspaceId: workspace.id).count > 0 else {
            throw AgentToolRefusal("The workspace holds no documents.")
        }
        let wanted = arguments["count"]?.integerValue ?? workspace.effectiveTopN
        let request = SearchRequest(query: query, topN: min(max(wanted, 1), Self.mostPassages))
        let hits = try await FindPassages(dependencies: dependencies)(
            request.completed(by: workspace), in: [workspace.id]
        ).hits
        if hits.isEmpty { return AgentFinding(text: "No passage of the documents is similar to the query.") }
        let texts = hits.enumerated().map { number, hit in "[\(number + 1)] \(Self.title(hit))\n\(hit.text)" }
        return AgentFinding(text: texts.joined(separator: "\n\n"), sources: hits.map { .object($0.source) })
    }

    private static func title(_ hit: SearchHit) -> String { hit.metadata["title"]?.stringValue ?? "untitled" }
}
