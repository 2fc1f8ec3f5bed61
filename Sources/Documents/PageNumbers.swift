/// Pages inside a text: a form feed begins each but the first, as in the output of pdftotext and in text files that
/// printers understand.
public enum PageNumbers {
    static let pageBreak = UInt8(ascii: "\u{0C}")

    /// Pages without white space around them; empty ones count, except at the end.
    static func join(_ pages: [String]) -> String {
        var trimmed = pages.map(\.trimmed)
        while trimmed.last?.isEmpty == true { trimmed.removeLast() }
        return trimmed.joined(separator: "\n\u{0C}")
    }

    /// The pages on which parts of a text begin.
    ///
    /// - Parameter offsets: in bytes of UTF-8, ascending.
    /// - Returns: numbers from 1; nil when the text has no pages.
    public static func pages(at offsets: [Int], in text: String) -> [Int]? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.contains(pageBreak) else { return nil }
            var (page, position) = (1, 0)
            return offsets.map { offset in
                while position < min(offset, bytes.count) {
                    if bytes[position] == pageBreak { page += 1 }
                    position += 1
                }
                return page
            }
        }
    }
}
