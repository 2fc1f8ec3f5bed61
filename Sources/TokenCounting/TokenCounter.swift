/// Counts the tokens of a text, exactly or by estimate, and says where they end.
///
/// The tokens of a text are consecutive runs of its UTF-8 bytes, so their ends describe the tokenisation
/// completely; middle truncation needs nothing else (`contract/chat.md` 11.2 and 11.4).
public protocol TokenCounter: Sendable {
    /// Number of tokens, always equal to `tokenEnds(of: text).count`.
    func count(_ text: String) -> Int

    /// Ends of the tokens as byte offsets into the text's UTF-8, ascending. The last is the length of the text.
    func tokenEnds(of text: String) -> [Int]
}
