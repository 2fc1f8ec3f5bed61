/// Writes the main content of a page as Markdown (`contract/documents.md` 8.3).
///
/// The tree is walked from its first node to its last with a stack of open elements of its own, so that no nesting can
/// exhaust a thread's stack.
struct MarkdownWriter {
    let tree: HTMLTree
    let links: MarkdownLinks
    /// The open elements that shape the text, outermost first; the first is the page.
    var frames: [MarkdownFrame]

    init(tree: HTMLTree, url: WebURL) {
        self.tree = tree
        links = MarkdownLinks(base: url)
        frames = [MarkdownFrame(kind: .block, end: .max)]
    }

    mutating func write() -> String {
        let scope = MainContent.scope(of: tree)
        var index = scope.map { $0 + 1 } ?? 0
        let end = scope.map { tree.nodes[$0].end } ?? tree.nodes.count
        while index < end {
            leave(before: index)
            switch tree.nodes[index].content {
            case .text(let range):
                append(String(decoding: tree.text[range], as: UTF8.self))
                index += 1
            case .element(let element):
                if MainContent.isRemoved(element) {
                    index = tree.nodes[index].end
                } else {
                    enter(element, end: tree.nodes[index].end)
                    index += 1
                }
            }
        }
        leave(before: end)
        frames[0].flush()
        return MarkdownText.tidied(frames[0].blocks.map(\.text).joined(separator: "\n\n"))
    }

    /// Quotes and items inside one another; each puts something in front of every line.
    private static let indentLimit = 12

    private var top: Int { frames.count - 1 }

    /// Ends the elements that do not reach as far as `index`.
    private mutating func leave(before index: Int) {
        while frames.count > 1, frames[top].end <= index { close(frames.removeLast()) }
    }

    private mutating func append(_ text: String) {
        switch frames[top].kind {
        case .preformatted: frames[top].inline += text
        case .code:
            let isPlain = !text.utf8.contains(UInt8(ascii: "["))
            frames[top].append(
                collapsing: isPlain ? text : text.replacing("[", with: String(CitationMarks.codeBracket)))
        case .list, .table, .row:
            // Between items and cells there is the layout of the source, and seldom anything else.
            if text.utf8.contains(where: { !MarkdownText.isSpace($0) }) { frames[top].append(collapsing: text) }
        default: frames[top].append(collapsing: text)
        }
    }

    private mutating func enter(_ element: HTMLElement, end: Int) {
        if frames[top].kind == .preformatted { return enterPreformatted(element) }
        switch element.name {
        case "br": frames[top].inline = Self.withoutSpaceAtEnd(frames[top].inline) + "\n"
        case "hr": rule()
        case "img": if let image = links.image(element) { frames[top].inline += image }
        case "a": open(.link(element["href"].flatMap { links.target($0) }), end)
        case "em", "i": open(.emphasis("_"), end)
        case "strong", "b": open(.emphasis("**"), end)
        case "code", "kbd", "samp", "tt": open(.code, end)
        default:
            if let kind = blockKind(element) { openBlock(kind, element, end) }
        }
    }

    private static func withoutSpaceAtEnd(_ text: String) -> String {
        text.utf8.last == UInt8(ascii: " ") ? String(text.dropLast()) : text
    }

    /// Inside preformatted text only line breaks and the language matter.
    private mutating func enterPreformatted(_ element: HTMLElement) {
        if element.name == "br" { frames[top].inline += "\n" }
        if element.name == "code", frames[top].language.isEmpty { frames[top].language = Self.language(element) }
    }

    private static func language(_ element: HTMLElement) -> String {
        for name in element.classes {
            for mark in ["language-", "lang-"] where name.hasPrefix(mark) {
                return String(name.dropFirst(mark.count).filter { $0 != "`" })
            }
        }
        return ""
    }

    private mutating func rule() {
        if frames[top].isInline { return frames[top].appendSpace() }
        frames[top].flush()
        frames[top].blocks.append(MarkdownFrame.Block(text: "---"))
    }

    /// Opens an element inside a line, unless it is inside one of its kind: bold text does not become bolder, and the work
    /// for a text stays in proportion to its length.
    private mutating func open(_ kind: MarkdownFrame.Kind, _ end: Int) {
        guard !frames.contains(where: { $0.kind.isAlike(kind) }) else { return }
        frames.append(MarkdownFrame(kind: kind, end: end))
    }

    private mutating func openBlock(_ kind: MarkdownFrame.Kind, _ element: HTMLElement, _ end: Int) {
        // Inside a line, a block only separates.
        if frames[top].isInline {
            frames[top].appendSpace()
            return open(.link(nil), end)
        }
        frames[top].flush()
        let isTooDeep = kind.indents && frames.count(where: { $0.kind.indents }) >= Self.indentLimit
        frames.append(MarkdownFrame(kind: isTooDeep ? .block : kind, end: end))
        if kind == .preformatted { frames[top].language = Self.language(element) }
    }

    private func blockKind(_ element: HTMLElement) -> MarkdownFrame.Kind? {
        switch element.name {
        case "h1", "h2", "h3", "h4", "h5", "h6": .heading(element.name.last?.wholeNumberValue ?? 1)
        case "blockquote": .quote
        case "ul", "menu", "dir": .list(next: nil)
        case "ol": .list(next: element["start"].flatMap { Int($0) } ?? 1)
        case "li": .item
        case "pre", "listing", "xmp": .preformatted
        case "table": .table
        case "tr": frames.contains { $0.kind == .table } ? .row : .block
        case "td", "th": frames.contains { $0.kind == .row } ? .cell : .block
        default: Self.blockNames.contains(element.name) ? .block : nil
        }
    }

    private static let blockNames: Set<String> = [
        "address", "article", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "form", "hgroup", "html", "legend", "main", "option", "p", "section", "summary",
        "textarea",
    ]
}
