/// Whether a text in Latin letters is English (or code, which uses English words) or another language.
enum LanguageGroup {
    case english, otherLatin

    /// Bytes of the text that are looked at.
    private static let sampleSize = 65_536

    /// Decides by which function words are more frequent.
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> LanguageGroup {
        var balance = 0
        var word: UInt32 = 0
        var length = 0
        for byte in bytes.prefix(sampleSize) {
            let letter = byte | 0x20
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || byte >= 0x80 {
                word = word << 8 | UInt32(letter)
                length += 1
            } else {
                if (2...4).contains(length) { balance += weight(of: word) }
                (word, length) = (0, 0)
            }
        }
        return balance < 0 ? .otherLatin : .english
    }

    private static func weight(of word: UInt32) -> Int {
        englishWords.contains(word) ? 1 : otherWords.contains(word) ? -1 : 0
    }

    private static let englishWords = packed(
        "the of and to is that for it with as be on this are or by from at not an if can was have")

    private static let otherWords = packed(
        """
        der die das und ist ein eine zu den von mit auf wird sie oder kann dem des im la le les et que en un una el los
        por para con il di che non de het een van niet je na est pas per
        """)

    /// Words of up to four letters as numbers.
    private static func packed(_ words: String) -> Set<UInt32> {
        Set(words.split { $0 == " " || $0 == "\n" }.map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } })
    }
}
