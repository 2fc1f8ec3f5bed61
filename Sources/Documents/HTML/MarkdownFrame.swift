/// An element that is being written, and what has been written inside it.
struct MarkdownFrame {
    enum Kind: Equatable {
        /// The page, and elements that only separate what they hold from the rest.
        case block
        case heading(Int)
        case quote
        /// The number of the next item; nil for bullets.
        case list(next: Int?)
        case item
        case preformatted
        case table, row, cell
        /// An element inside a line, with its address; nil for an element that only separates.
        case link(String?)
        case emphasis(String)
        case code

        /// Whether two elements inside a line mean the same, links to different places included.
        func isAlike(_ other: Kind) -> Bool {
            if case .link = self, case .link = other { return (self == .link(nil)) == (other == .link(nil)) }
            return self == other
        }

        /// Whether it puts something in front of each of its lines.
        var indents: Bool { self == .quote || self == .item }
    }

    struct Block {
        var text: String
        var isList = false
    }

    var kind: Kind
    /// Position of the first node behind the element.
    let end: Int
    /// Finished paragraphs, headings, lists.
    var blocks: [Block] = []
    /// The paragraph that is being written, or the text of an element inside a line.
    var inline = ""
    /// Of a table its rows, of a row its cells.
    var cells: [[[Block]]] = []
    /// Of preformatted text.
    var language = ""

    var isInline: Bool {
        switch kind {
        case .link, .emphasis, .code: true
        default: false
        }
    }

    /// Ends the paragraph.
    mutating func flush() {
        let paragraph = MarkdownText.trimmed(CitationMarks.removed(from: inline))
        inline = ""
        if !paragraph.isEmpty { blocks.append(Block(text: paragraph)) }
    }

    /// Adds text of the page with its white space collapsed: nothing at the start of a line, one space elsewhere.
    mutating func append(collapsing text: String) {
        var rest = text.utf8[...]
        while let first = rest.first {
            if MarkdownText.isSpace(first) {
                rest = rest.drop { MarkdownText.isSpace($0) }
                appendSpace()
            } else {
                let word = rest.prefix { !MarkdownText.isSpace($0) }
                inline += Substring(word)
                rest = rest[word.endIndex...]
            }
        }
    }

    mutating func appendSpace() {
        // At the start of an element inside a line, it is for the text around it to decide.
        guard let last = inline.utf8.last else { return inline = isInline ? " " : "" }
        if last != UInt8(ascii: " "), last != UInt8(ascii: "\n") { inline.append(" ") }
    }
}
