/// One message of the prompt.
public struct ChatMessage: Sendable, Equatable {
    public var role: ChatRole
    public var text: String
    public var attachments: [ChatAttachment]

    public init(role: ChatRole, text: String, attachments: [ChatAttachment] = []) {
        self.role = role
        self.text = text
        self.attachments = attachments
    }
}
