/// Puts the blocks of one HTML document together.
struct HTMLLayout {
    private static let width = 80

    private(set) var text = ""
    private var endsWithItem = false

    mutating func add(_ piece: Stylesheet.Piece) {
        switch piece.kind {
        case "heading":
            append(Self.wrapped(piece[1].uppercased()), isWide: (Int(piece[0]) ?? 1) <= 3)
        case "item":
            let mark = " " + piece[0].filter { !$0.isWhitespace } + " "
            let lines = Self.wrapped(piece[1], width: Self.width - mark.count)
            if lines.isEmpty { return }
            let indent = String(repeating: " ", count: mark.count)
            append(mark + lines.replacing("\n", with: "\n" + indent), isItem: true)
        case "pre":
            let lines = piece[0].split(separator: "\n", omittingEmptySubsequences: false).drop { $0.isEmpty }
            append(lines.joined(separator: "\n"))
        default: append(Self.wrapped(piece[0]))
        }
    }

    private mutating func append(_ block: String, isWide: Bool = false, isItem: Bool = false) {
        if block.isEmpty { return }
        if !text.isEmpty { text += isItem && endsWithItem ? "\n" : isWide ? "\n\n\n" : "\n\n" }
        text += block
        endsWithItem = isItem
    }

    /// Words with single spaces between them, broken where a line is full and where the document breaks it.
    private static func wrapped(_ text: String, width: Int = width) -> String {
        let lines = text.unicodeScalars.split(separator: Stylesheet.lineBreak, omittingEmptySubsequences: false)
        let filled = lines.map { fill(String($0), width) }
        return String(filled.joined(separator: "\n").drop { $0 == "\n" }).trimmedEnd
    }

    private static func fill(_ line: String, _ width: Int) -> String {
        var result = ""
        var length = 0
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }) {
            if length > 0 {
                let fits = length + 1 + word.count <= width
                result += fits ? " " : "\n"
                length = fits ? length + 1 : 0
            }
            result += word
            length += word.count
        }
        return result
    }
}

extension String {
    /// Without white space at its end.
    var trimmedEnd: String {
        var end = unicodeScalars.endIndex
        while end > unicodeScalars.startIndex {
            let before = unicodeScalars.index(before: end)
            guard unicodeScalars[before].properties.isWhitespace else { break }
            end = before
        }
        return String(unicodeScalars[..<end])
    }

    /// Without white space at either end.
    var trimmed: String {
        let rest = unicodeScalars.drop { $0.properties.isWhitespace }
        return String(rest).trimmedEnd
    }
}
