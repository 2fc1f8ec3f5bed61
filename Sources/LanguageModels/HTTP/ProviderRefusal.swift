import OrderedJSON

/// The text of an HTTP error as the client is shown it (contract/chat.md 14): the status, a space, and the provider's
/// message, or the body itself when it is not JSON.
enum ProviderRefusal {
    /// A page that explains more than this is cut.
    private static let maximumLength = 4096

    static func message(status: Int, body: [UInt8]) -> String {
        let text = explanation(body)
        guard !text.isEmpty else { return "\(status) status code (no body)" }
        return "\(status) " + text.prefix(maximumLength)
    }

    /// The message inside an error object: `{"message": …}`, or the object itself when it has none.
    static func message(of error: JSONValue) -> String {
        if let text = error.stringValue { return text }
        if let text = error["message"]?.stringValue, !text.isEmpty { return text }
        return error.text
    }

    private static func explanation(_ body: [UInt8]) -> String {
        guard let json = try? JSONParser.parse(body) else {  // not JSON: the body is the message
            return String(decoding: body, as: UTF8.self)
        }
        if let error = json["error"], !error.isNull { return message(of: error) }
        return json.isNull ? "" : message(of: json)
    }
}
