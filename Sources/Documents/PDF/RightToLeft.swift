/// Lines with Hebrew or Arabic in them, in the order of reading.
///
/// pdftotext has the letters of a line from left to right, turns its right-to-left sections round and marks them (UAX 9:
/// RLE and PDF). On pages that are mostly right-to-left it begins at the right end, and marks left-to-right sections
/// (LRE and PDF). Spaces and stops between sections go to either of them and lose their side. Here each line is put
/// together in its own direction; the marks go, as no word that is searched for has them.
enum RightToLeft {
    private static let (leftToRight, rightToLeft, end): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = (
        "\u{202A}", "\u{202B}", "\u{202C}"
    )
    /// As UTF-8; pages with such lines have it.
    static let mark = Array(String(rightToLeft).utf8)

    private struct Section {
        var isRightToLeft: Bool
        var scalars: [Unicode.Scalar] = []

        var letters: Int { scalars.count { $0.properties.isAlphabetic } }
    }

    /// - Parameter page: as pdftotext writes it without `-raw`.
    static func text(_ page: String) -> String {
        page.split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\n")
    }

    private static func line(_ line: Substring) -> String {
        var sections = sections(of: line)
        if sections.count > 1 {
            let beginsAtRight = line.unicodeScalars.contains(leftToRight)
            let isRightToLeft = isRightToLeft(sections, onSuchAPage: beginsAtRight)
            if beginsAtRight != isRightToLeft { sections.reverse() }
            for index in sections.indices where sections[index].isRightToLeft != isRightToLeft {
                sections[index].scalars = withTurnedEdges(sections[index].scalars)
            }
        }
        return String(String.UnicodeScalarView(sections.flatMap(\.scalars)))
    }

    /// The direction of the page, unless twice as many letters have the other.
    private static func isRightToLeft(_ sections: [Section], onSuchAPage page: Bool) -> Bool {
        let right = sections.reduce(0) { $0 + ($1.isRightToLeft ? $1.letters : 0) }
        let left = sections.reduce(0) { $0 + ($1.isRightToLeft ? 0 : $1.letters) }
        return page ? right * 2 >= left : right > left * 2
    }

    /// What stands between marks, with the direction of the innermost.
    private static func sections(of line: Substring) -> [Section] {
        var sections = [Section(isRightToLeft: false)]
        var directions: [Bool] = []
        for scalar in line.unicodeScalars {
            switch scalar {
            case leftToRight, rightToLeft: directions.append(scalar == rightToLeft)
            case end: _ = directions.popLast()
            default:
                sections[sections.count - 1].scalars.append(scalar)
                continue
            }
            sections.append(Section(isRightToLeft: directions.last ?? false))
        }
        return sections.filter { !$0.scalars.isEmpty }
    }

    /// What stands at either end has the direction around the section: the ends change places.
    private static func withTurnedEdges(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let first = scalars.firstIndex(where: hasDirection) ?? scalars.endIndex
        let last = scalars.lastIndex(where: hasDirection).map { $0 + 1 } ?? first
        let (before, after) = (Array(scalars[..<first].reversed()), Array(scalars[last...].reversed()))
        return after + scalars[first..<last] + before
    }

    private static func hasDirection(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "%$€£₪°".unicodeScalars.contains(scalar)
    }
}
