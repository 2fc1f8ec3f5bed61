/// A page of HTML, read for its words.
struct HTMLPage {
    private let tree: HTMLTree
    private let url: WebURL

    /// - Parameters:
    ///   - contentType: of the answer, for its charset.
    ///   - url: what relative addresses are relative to, unless the page says otherwise.
    init(_ bytes: [UInt8], contentType: String?, url: WebURL) throws(HTMLFlaw) {
        try self.init(EncodedText.decode(bytes, contentType: contentType), url: url)
    }

    init(_ text: String, url: WebURL) throws(HTMLFlaw) {
        let tree = try HTMLParser.parse(text)
        let base = tree.first { $0.name == "base" && $0["href"] != nil }.flatMap { tree.element(at: $0)?["href"] }
        // A base that is no address changes nothing.
        self.tree = tree
        self.url = base.flatMap { try? WebURL(parsing: $0, base: url) } ?? url
    }

    /// Title and main content.
    var markdown: LinkedPage {
        var writer = MarkdownWriter(tree: tree, url: url)
        return LinkedPage(title: title, text: writer.write())
    }

    private var title: String? {
        guard let index = tree.first(where: { $0.name == "title" }) else { return nil }
        let words = tree.text(inside: index).split { $0.isWhitespace }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
