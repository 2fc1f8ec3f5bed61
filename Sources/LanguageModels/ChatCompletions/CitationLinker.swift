/// Turns `[n]` into `[[n](address)]`, although a stream may cut the brackets apart (contract/providers.md 3.2,
/// `perplexity`). A state machine: what may be the beginning of a citation is held back.
struct CitationLinker: Sendable {
    /// No answer cites so many sources that a number has more digits.
    private static let maximumDigits = 4

    /// Addresses of the sources, the first one is number 1.
    var citations: [String] = []
    private var held = ""

    init() {}

    mutating func link(_ piece: String) -> String {
        var output = ""
        for character in piece {
            switch character {
            case "[":
                output += held
                held = "["
            case "0"..."9" where !held.isEmpty && held.utf8.count <= Self.maximumDigits:
                held.append(character)
            case "]" where held.utf8.count > 1:
                output += linked(held.dropFirst())
                held = ""
            default:
                output += held
                output.append(character)
                held = ""
            }
        }
        return output
    }

    /// What is left when the text ends.
    mutating func finish() -> String {
        defer { held = "" }
        return held
    }

    private func linked(_ digits: Substring) -> String {
        guard let number = Int(digits), citations.indices.contains(number - 1) else { return "[\(digits)]" }
        return "[[\(digits)](\(citations[number - 1]))]"
    }
}
