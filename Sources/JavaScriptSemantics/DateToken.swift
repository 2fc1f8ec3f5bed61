/// The pieces that an English date is made of.
enum DateToken: Equatable {
    /// A run of digits; of more than nine only the first nine count.
    case number(Int, digits: Int)
    /// A run of ASCII letters in lower case.
    case word(String)
    case symbol(Character)
    case space

    static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Names of zones with their hours east of Greenwich (RFC 5322 section 4.3).
    static let zones = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7,
    ]

    static func tokens(of text: String) -> [DateToken] {
        var tokens: [DateToken] = []
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            switch scalar {
            case "0"..."9":
                let digits = rest.prefix { ("0"..."9").contains($0) }
                rest = rest.dropFirst(digits.count)
                tokens.append(.number(Int(String(digits.prefix(9))) ?? 0, digits: digits.count))
            case "a"..."z", "A"..."Z":
                let word = rest.prefix { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
                rest = rest.dropFirst(word.count)
                tokens.append(.word(String(word).lowercased()))
            default:
                rest = rest.dropFirst()
                tokens.append(scalar == " " || scalar == "\t" ? .space : .symbol(Character(scalar)))
            }
        }
        return tokens
    }
}
