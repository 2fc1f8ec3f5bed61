import LanguageModels
import OrderedJSON

/// Reads a public web page.
struct FetchPageTool: AgentTool {
    let pages: any PageFetching

    var definition: ToolDefinition {
        ToolDefinition(
            name: "fetch_web_page",
            purpose: "Reads a public web page and gives its text.",
            parameters: [
                "type": "object",
                "properties": ["link": ["type": "string", "description": "Address of the page: http or https."]],
                "required": ["link"],
            ])
    }

    func thought(_ arguments: JSONObject) -> String { "Reading \(arguments["link"]?.stringValue ?? "a web page")" }

    func run(_ arguments: JSONObject) async throws -> AgentFinding {
        AgentFinding(text: try await pages.page(try arguments.argument("link")))
    }
}
