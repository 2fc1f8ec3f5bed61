import LanguageModels
import OrderedJSON

/// A chat that is ready to be sent to its model.
struct PreparedChat: Sendable {
    var input: ChatInput
    var model: any ChatModel
    var request: ChatRequest
    /// Returned with the answer and stored with it.
    var sources: [JSONValue]
    /// Attachments that are stored: images only.
    var images: [Attachment]
}
