import OrderedJSON

extension JSONValue {
    /// Parses one frame of a provider's stream.
    ///
    /// - Throws: `malformedAnswer`; the message does not repeat the frame, which may hold a conversation.
    static func frame(_ bytes: some Sequence<UInt8>) throws(LanguageModelError) -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw LanguageModelError(
                .malformedAnswer, "The provider sent a chunk that is not JSON: \(error.description)", cause: error)
        }
    }
}
