import OrderedJSON
import Workspaces

extension LibraryItem {
    /// Keys without which an item is not listed (contract/documents.md 5.1).
    private static let required = [
        "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
        "token_count_estimate",
    ]

    var isListed: Bool { Self.required.allSatisfy { metadata[$0] != nil } }

    /// The document as lists show it.
    var listed: JSONValue {
        var object = single
        object["canWatch"] = false
        object["pinnedWorkspaces"] = .array(pinnedWorkspaces.map { JSONValue(Int($0)) })
        object["watched"] = .bool(watched)
        return .object(object)
    }

    /// The document alone (contract/documents.md 5.4).
    var single: JSONObject {
        var object: JSONObject = ["name": .string(name), "type": "file"]
        for member in metadata { object[member.key] = member.value }
        object["cached"] = .bool(cached)
        return object
    }
}
