import LanguageModels
public import OrderedJSON

/// A file sent along with a message (contract/chat.md 9).
public struct Attachment: Sendable, Equatable {
    public let name: String
    /// As the client says; `application/anythingllm-document` marks a document, everything else is an image.
    public let mime: String
    /// A data URI, or base64.
    public let contentString: String
    /// As the request has it, with whatever else the client says of it: so it is stored and shown again.
    let json: JSONValue

    /// - Returns: nil for an item without a content (CQ-22).
    public init?(_ item: JSONObject) {
        guard let content = item["contentString"]?.stringValue, !content.isEmpty else { return nil }
        name = item["name"]?.stringValue ?? ""
        mime = item["mime"]?.stringValue ?? ""
        contentString = content
        json = .object(item)
    }

    var isDocument: Bool { mime.lowercased() == "application/anythingllm-document" }

    var forModel: ChatAttachment { ChatAttachment(mime: mime, contentString: contentString) }
}
