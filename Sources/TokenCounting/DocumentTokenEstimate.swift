/// `token_count_estimate` of a stored document (`contract/documents.md` 6.5).
public enum DocumentTokenEstimate {
    /// Tokens of texts of up to 5,119 UTF-16 code units; an eighth of the length, rounded up, for longer ones and
    /// for texts that contain the name of a special token, which the reference's encoder refuses.
    public static func count(_ text: String, with counter: any TokenCounter) -> Int {
        let length = text.utf16.count
        if 2 * length / 1_024 < 10, !SpecialToken.occurs(in: text) { return counter.count(text) }
        return (length + 7) / 8
    }
}
