import LanguageModels
import OrderedJSON

/// A file sent along with a message (contract/chat.md 9).
public struct Attachment: Sendable, Equatable {
    public var name: String
    /// As the client says; `application/anythingllm-document` marks a document, everything else is an image.
    public var mime: String
    /// A data URI, or base64.
    public var contentString: String

    public init(name: String, mime: String, contentString: String) {
        self.name = name
        self.mime = mime
        self.contentString = contentString
    }

    var isDocument: Bool { mime.lowercased() == "application/anythingllm-document" }

    /// As the request had it.
    var json: JSONValue {
        ["name": .string(name), "mime": .string(mime), "contentString": .string(contentString)]
    }

    var forModel: ChatAttachment { ChatAttachment(name: name, mime: mime, contentString: contentString) }
}
