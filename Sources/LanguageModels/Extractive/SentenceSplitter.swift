/// Cuts prose into sentences by punctuation and layout.
///
/// A full stop ends a sentence unless it belongs to an abbreviation, an initial or an ordinal number, or the text
/// goes on with a small letter. Decimals have no space after their point and stay whole. Ideographic full stops need
/// no space. Blank lines, list items, headings and table rows end what stands before them. White space is
/// normalised to single spaces.
enum SentenceSplitter {
    private static let abbreviations: Set<String> = [
        // English
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "fig", "figs", "eq", "sec", "ch", "vol", "pp", "p",
        "ed", "eds", "inc", "ltd", "co", "corp", "dept", "approx", "e.g", "i.e", "cf", "al", "jan", "feb", "mar", "apr",
        "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "a.m", "p.m", "u.s", "u.k",
        // German
        "z.b", "d.h", "u.a", "bzw", "ca", "nr", "str", "vgl", "evtl", "ggf", "inkl", "abs", "art", "hr", "fr", "usw",
        // French, Spanish, Italian
        "m", "mm", "mme", "sr", "sra", "av", "env", "ex", "sig", "pag",
    ]

    static func sentences(_ text: String) -> [String] {
        var sentences: [String] = []
        for block in blocks(text) { split(block, into: &sentences) }
        return sentences
    }

    /// Pieces that no sentence crosses, with their white space normalised.
    private static func blocks(_ text: String) -> [String] {
        var blocks: [String] = []
        var current: [Substring] = []
        func flush() {
            let joined = current.joined(separator: " ")
            if !joined.isEmpty { blocks.append(joined) }
            current = []
        }
        var isAfterHeading = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else {
                flush()
                continue
            }
            if isAfterHeading || startsItem(first) { flush() }
            isAfterHeading = first.allSatisfy { $0 == "#" }
            current += words
        }
        flush()
        return blocks
    }

    /// Whether a line that begins with this word stands for itself: a list item, a heading or a table row.
    private static func startsItem(_ word: Substring) -> Bool {
        if ["-", "*", "•", "+", "–", "|"].contains(word) || word.allSatisfy({ $0 == "#" }) { return true }
        guard let mark = word.last, mark == "." || mark == ")" else { return false }
        let number = word.dropLast()
        return (1...3).contains(number.count) && number.allSatisfy(\.isNumber)
    }

    private static func split(_ block: String, into sentences: inout [String]) {
        let characters = Array(block)
        var start = 0
        var index = 0
        while index < characters.count {
            let character = characters[index]
            index += 1
            guard isTerminator(character) else { continue }
            let stop = index - 1
            while index < characters.count, isTerminator(characters[index]) || closes(characters[index]) { index += 1 }
            if isBoundary(characters, stop: stop, next: index, start: start) {
                append(characters[start..<index], to: &sentences)
                start = index
            }
        }
        append(characters[start...], to: &sentences)
    }

    private static func append(_ characters: ArraySlice<Character>, to sentences: inout [String]) {
        let sentence = String(characters.drop { $0 == " " })
        if sentence.contains(where: { $0.isLetter || $0.isNumber }) { sentences.append(sentence) }
    }

    private static func isTerminator(_ character: Character) -> Bool {
        ".!?…。！？".contains(character)
    }

    private static func closes(_ character: Character) -> Bool {
        "\"'”’»)]」』）".contains(character)
    }

    /// - Parameters:
    ///   - stop: position of the mark.
    ///   - next: position after the mark and what closes with it.
    ///   - start: where the sentence began.
    private static func isBoundary(_ text: [Character], stop: Int, next: Int, start: Int) -> Bool {
        if "。！？".contains(text[stop]) { return true }
        if next == text.count { return true }
        guard text[next] == " ", next + 1 < text.count else { return false }
        if text[next + 1].isLowercase { return false }
        guard text[stop] == "." else { return true }
        let word = text[start..<stop].reversed().prefix { $0 != " " }.reversed().drop { "(\"'„“«[".contains($0) }
        if word.isEmpty { return true }
        if word.count <= 2, word.allSatisfy(\.isNumber) { return false }
        if word.count == 1, word.allSatisfy(\.isLetter) { return false }
        return !abbreviations.contains(String(word).lowercased())
    }
}
