/// The words of a text in the form in which question and sentence are compared.
///
/// Words are runs of letters and digits in small letters, without diacritics, with the commonest endings taken off;
/// scripts without spaces between words give pairs of neighbouring characters instead.
/// Source: the endings are those of the S stemmer (Harman, "How effective is suffixing?", JASIS 42, 1991) and, in
/// addition, English -ing and -ed.
enum SearchTerms {
    /// All terms in order, repetitions included.
    static func terms(_ text: String) -> [String] {
        var terms: [String] = []
        var word = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.lowercased().decomposedScalars {
            if isUnspaced(scalar) {
                flush(&word, into: &terms)
                if let previous { terms.append("\(previous)\(scalar)") }
                previous = scalar
                continue
            }
            previous = nil
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.append(scalar)
            } else if !isMark(scalar), !isApostrophe(scalar) {
                flush(&word, into: &terms)
            }
        }
        flush(&word, into: &terms)
        return terms
    }

    /// Terms of a question that say what it is about: without stop words, unless it has nothing else.
    static func topics(_ question: String) -> [String] {
        let all = terms(question)
        let topics = all.filter { !StopWords.terms.contains($0) }
        var seen = Set<String>()
        return (topics.isEmpty ? all : topics).filter { seen.insert($0).inserted }
    }

    /// The beginning that relatives of a long word share ("delivery", "delivered"), or nil for short words.
    static func root(_ term: String) -> String? {
        term.unicodeScalars.count >= 6 ? String(String.UnicodeScalarView(term.unicodeScalars.prefix(5))) : nil
    }

    private static func flush(_ word: inout String.UnicodeScalarView, into terms: inout [String]) {
        if word.isEmpty { return }
        terms.append(stem(String(word)))
        word = String.UnicodeScalarView()
    }

    static func stem(_ word: String) -> String {
        guard word.utf8.count > 3, word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return word }
        if word.hasSuffix("ies"), !word.hasSuffix("eies"), !word.hasSuffix("aies") { return word.dropLast(3) + "y" }
        if word.hasSuffix("ing"), word.utf8.count > 6 { return String(word.dropLast(3)) }
        if word.hasSuffix("ed"), word.utf8.count > 5 { return String(word.dropLast(2)) }
        for ending in ["sses", "shes", "ches", "xes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        if word.hasSuffix("s"), !word.hasSuffix("us"), !word.hasSuffix("ss") { return String(word.dropLast()) }
        return word
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }

    /// Thai, Lao, Khmer, kana and ideographs.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1780...0x17FF, 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }
}

extension String {
    /// The scalars with accents apart from their letters for the Latin letters that have them precomposed.
    fileprivate var decomposedScalars: [Unicode.Scalar] {
        guard utf8.contains(where: { $0 >= 0x80 }) else { return Array(unicodeScalars) }
        return unicodeScalars.map { LatinLetters.base[$0] ?? $0 }
    }
}
