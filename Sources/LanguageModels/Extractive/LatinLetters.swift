/// Small Latin letters with diacritics and the letter that is compared in their place.
enum LatinLetters {
    private static let families: [(base: Unicode.Scalar, letters: String)] = [
        ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"),
        ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    ]

    static let base: [Unicode.Scalar: Unicode.Scalar] = {
        var base: [Unicode.Scalar: Unicode.Scalar] = [:]
        for family in families {
            for letter in family.letters.unicodeScalars { base[letter] = family.base }
        }
        return base
    }()
}
