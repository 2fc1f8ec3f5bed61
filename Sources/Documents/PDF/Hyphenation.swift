/// Words that were divided at the end of a line become one again: they are searched for as one.
enum Hyphenation {
    private static let hyphens: Set<Character> = ["-", "\u{2010}", "\u{AD}"]

    /// Joins a line with the next when it ends with a letter and a hyphen, and the next begins with a small letter.
    static func joined(_ text: String) -> String {
        var result = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let last = result.last, hyphens.contains(last), result.dropLast().last?.isLetter == true,
                line.first?.isLowercase == true
            {
                result.removeLast()
            } else if index > 0 {
                result += "\n"
            }
            result += line
        }
        return result
    }
}
