/// An image or a sound that goes to the model with a message (contract/chat.md 13.3).
public struct ChatAttachment: Sendable, Equatable {
    /// Media type as the client named it, e.g. `image/png`; may be empty.
    public var mime: String
    /// A data URI (`data:image/png;base64,…`) or an address, as the client sent it.
    public var contentString: String

    public init(mime: String, contentString: String) {
        self.mime = mime
        self.contentString = contentString
    }
}
