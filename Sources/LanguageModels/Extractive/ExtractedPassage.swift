/// A passage without the metadata header that was put in front for embedding (contract/vectors.md 5.4).
struct ExtractedPassage: Equatable {
    /// Where a header can begin: only an embedder's passage prefix stands before it. In characters.
    private static let headerStart = 256

    /// The given title, else the header's `sourceDocument`, else nil.
    let title: String?
    let sentences: [String]

    init(_ passage: ContextPassage) {
        var body = passage.text[...]
        var title = passage.title
        if let start = body.prefix(Self.headerStart).firstRange(of: "<document_metadata>\n"),
            let end = body[start.upperBound...].firstRange(of: "</document_metadata>")
        {
            let header = body[start.upperBound..<end.lowerBound]
            let label = "sourceDocument: "
            let line = header.split(separator: "\n").first { $0.hasPrefix(label) }
            if title?.isEmpty != false { title = line.map { String($0.dropFirst(label.count)) } }
            body = body[end.upperBound...]
        }
        self.title = title.flatMap { $0.isEmpty ? nil : $0 }
        sentences = SentenceSplitter.sentences(String(body))
    }
}
