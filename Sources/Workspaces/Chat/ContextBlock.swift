/// The passages as they follow the system prompt (contract/chat.md 11.1).
enum ContextBlock {
    /// Empty when there is no text.
    static func render(_ texts: [String]) -> String {
        if texts.isEmpty { return "" }
        var block = "\nContext:\n"
        for (number, text) in texts.enumerated() {
            block += "[CONTEXT \(number)]:\n\(text)\n[END CONTEXT \(number)]\n\n"
        }
        return block
    }
}
