/// Words that are in texts of every subject: a question shares them with passages that have nothing to do with it.
///
/// In a large workspace BM25 itself makes nothing of them; in a small one they are rare by chance. Words of one
/// language that mean something in another (`die`, `war`, `son`) are not here.
enum StopWords {
    private static let words = Set(
        """
        a about after again all also am an and any are as at be because been before being below between both but by \
        can could did do does doing done down during each else ever every few for from further get gets had has have \
        having he her here hers him his how i if in into is it its itself just least less let like many me might \
        more most much must my need no nor not of off on once one only or other our ours out over own per please \
        shall she should so some such tell than that the their theirs them then there these they this those through \
        to too under until up upon us very was we were what when where whether which while who whom whose why will \
        with without would you your yours
        aber als am an auch auf aus bei bin bis bitte da dann das dass dem den der des dich dir doch du durch ein \
        eine einem einen einer eines er es fur gibt haben hatte ich ihm ihn ihr im in ist ja kann kein keine konnen \
        mein mich mir mit muss nach nicht noch nur ob oder ohne sein sich sie sind so soll uber um und uns unser von \
        vor wann warum was welche welchem welchen welcher welches wenn wer werden wie wieviel wird wo wurde zu zum \
        zur
        au aux avec ce ces cette comment dans de des du elle en est et il ils je la le les leur lui mais ne nous ou \
        par pas plus pour pourquoi quand que quel quelle quelles quels qui sa se ses si sont sur un une vous
        al como con cual cuales cuando del desde donde el ella en es esta este esto las lo los mas mi muy nos o para \
        pero por porque que quien se ser si su sus un una y
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// - Parameter word: with or without punctuation around it, in any case.
    static func contains(_ word: Substring) -> Bool {
        let word = trimmed(word).lowercased()
        return word.isEmpty || words.contains(folded(word))
    }

    /// The word without what is no letter or digit at its ends, and without an English genitive.
    static func trimmed(_ word: Substring) -> String {
        let scalars = word.unicodeScalars
        guard let first = scalars.firstIndex(where: isWord), let last = scalars.lastIndex(where: isWord) else {
            return ""
        }
        let inner = String(word[first...last])
        for ending in ["'s", "’s"] where inner.hasSuffix(ending) { return String(inner.dropLast(2)) }
        return inner
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Umlauts and accents of the languages above.
    private static func folded(_ word: String) -> String {
        let bases: [Character: Character] = [
            "ä": "a", "ö": "o", "ü": "u", "à": "a", "â": "a", "é": "e", "è": "e", "ê": "e", "ù": "u", "á": "a",
            "í": "i",
            "ó": "o", "ú": "u",
        ]
        return String(word.map { bases[$0] ?? $0 })
    }
}
