import AnythingLLMImport

/// A document's text put together from its passages when its file is gone: without their headers and, as far as it can
/// be seen, without what each repeats of the one before. White space between passages is not known any more.
enum RebuiltText {
    /// Bytes that two passages are expected to share at most.
    private static let longestOverlap = 2_000

    static func of(_ cached: CachedChunks) -> String {
        var text = ""
        for chunk in cached.chunks {
            let body = withoutHeader(chunk.text)
            let shared = overlap(of: text, and: body)
            if !text.isEmpty, shared == 0 { text += "\n" }
            text += String(decoding: body.utf8.dropFirst(shared), as: UTF8.self)
        }
        return text
    }

    private static func withoutHeader(_ text: String) -> String {
        guard let start = text.firstRange(of: "<document_metadata>\n"),
            let end = text.firstRange(of: "</document_metadata>\n\n"), start.lowerBound < end.lowerBound
        else { return text }
        return String(text[end.upperBound...])
    }

    /// Bytes at the end of `text` with which `next` begins: the most that fit.
    private static func overlap(of text: String, and next: String) -> Int {
        let tail = Array(text.utf8.suffix(longestOverlap))
        let head = Array(next.utf8.prefix(longestOverlap))
        for length in stride(from: min(tail.count, head.count), to: 0, by: -1)
        where tail.suffix(length).elementsEqual(head.prefix(length)) { return length }
        return 0
    }
}
