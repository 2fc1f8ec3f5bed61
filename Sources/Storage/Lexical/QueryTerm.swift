/// One thing that a text asks for: a word, a code, or a pair of characters of writing without spaces.
struct QueryTerm: Hashable {
    var text: String
    /// Whether it is the beginning of words.
    var isPrefix = false
    /// Whether it is cut out of running text at a guess, and says nothing when no passage has it.
    var isGuess = false

    /// As FTS5 reads it. Inside the quotes nothing has a meaning but a quote, which is doubled.
    var expression: String { "\"" + text.replacing("\"", with: "\"\"") + "\"" + (isPrefix ? "*" : "") }
}

extension QueryTerm {
    /// Terms looked at in one query; later ones are ignored.
    private static let limit = 64
    /// Characters of a query that are looked at.
    private static let lengthLimit = 4000

    /// The terms of a text in order, each once: without the words that every text has, unless it has no others.
    static func terms(of text: String) -> [QueryTerm] {
        let words = text.prefix(lengthLimit).split(whereSeparator: \.isWhitespace).flatMap {
            WritingRuns.split(String($0))
        }
        let telling = words.filter { $0.isUnspaced || !StopWords.contains($0.text) }
        let hasIdeographs = text.unicodeScalars.contains {
            WritingRuns.isUnspaced($0) && !WritingRuns.isHiragana($0)
        }
        var seen: Set<QueryTerm> = []
        var terms: [QueryTerm] = []
        for run in telling.isEmpty ? words : telling {
            for term in run.isUnspaced ? unspaced(run.text, hasIdeographs: hasIdeographs) : word(run.text)
            where seen.insert(term).inserted {
                terms.append(term)
                if terms.count == limit { return terms }
            }
        }
        return terms
    }

    /// A word without the punctuation around it; nothing when it is only punctuation.
    private static func word(_ text: Substring) -> [QueryTerm] {
        let trimmed = StopWords.trimmed(text)
        return trimmed.isEmpty ? [] : [QueryTerm(text: trimmed)]
    }

    /// Pairs of characters. In Japanese those of hiragana alone are endings and particles.
    private static func unspaced(_ run: Substring, hasIdeographs: Bool) -> [QueryTerm] {
        if run.unicodeScalars.count == 1 { return [QueryTerm(text: String(run), isPrefix: true)] }
        let pairs = LexicalTokens.pairs(run, withLast: false)
        let telling = pairs.filter { !$0.unicodeScalars.allSatisfy(WritingRuns.isHiragana) }
        return (hasIdeographs ? telling : pairs).map { QueryTerm(text: $0, isGuess: true) }
    }

    /// Spellings of the same thing to try, in this order, when no passage has the term.
    var alternatives: [QueryTerm] {
        if isPrefix || isGuess { return [] }
        let parts = text.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String(Substring($0)) }
        let joined = parts.count > 1 ? [QueryTerm(text: parts.joined())] : []
        // Two letters begin too many words.
        let prefix = text.unicodeScalars.count > 2 ? [QueryTerm(text: text, isPrefix: true)] : []
        return joined + prefix
    }

    /// What it is made of, to look for one by one when nothing has it whole.
    var parts: [QueryTerm] {
        if isPrefix || isGuess { return [] }
        let parts = text.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { QueryTerm(text: String(Substring($0))) }
        return parts.count > 1 ? parts.filter { !StopWords.contains(Substring($0.text)) } : []
    }
}
