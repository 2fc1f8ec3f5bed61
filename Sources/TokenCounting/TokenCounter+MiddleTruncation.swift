extension TokenCounter {
    /// Cuts the middle out of a text (`contract/chat.md` 11.4).
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - target: tokens to keep, which may have a fraction; the marker comes on top of them.
    ///   - marker: stands where the middle was.
    /// - Returns: the text itself when it has fewer tokens than `target`, when `target` is 0, or when it is empty.
    ///   A character that a cut goes through becomes U+FFFD.
    public func cuttingMiddle(of text: String, to target: Double, marker: String) -> String {
        guard target != 0, !text.isEmpty else { return text }
        let ends = tokenEnds(of: text)
        guard Double(ends.count) >= target else { return text }
        let half = (Double(ends.count) - target) / 2
        let middle = ends.count / 2
        let removed = Int((half + 0.5).rounded(.down))
        let (head, tail) = halves(of: text, ends: ends, head: middle - removed, tail: middle + removed)
        return head + marker + tail
    }

    /// The text before token `head`, and the text from token `tail` on; positions outside the text are moved to
    /// its ends.
    private func halves(of text: String, ends: [Int], head: Int, tail: Int) -> (head: String, tail: String) {
        func offset(_ token: Int) -> Int { token <= 0 ? 0 : ends[min(token, ends.count) - 1] }
        let bytes = Array(text.utf8)
        return (
            String(decoding: bytes[..<offset(head)], as: UTF8.self),
            String(decoding: bytes[offset(tail)...], as: UTF8.self)
        )
    }
}
