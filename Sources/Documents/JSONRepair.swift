import JavaScriptSemantics
import OrderedJSON

/// A parser for what is meant as JSON: single or curly quotes, keys and texts without quotes, commas too many or
/// missing, comments, words of Python, brackets and quotes that are never closed.
///
/// One pass over the text, each step of which takes at least one character, and a limit to the nesting.
struct JSONRepair {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    /// The first value of the text; nil only when it is nested too deeply.
    static func value(of text: String) -> JSONValue? {
        var repair = JSONRepair(scalars: Array(text.unicodeScalars))
        return repair.value()
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func value() -> JSONValue? {
        skipBlanks()
        switch peek {
        case nil: return .null
        case "{": return object()
        case "[": return array()
        case let quote? where Self.closing(quote) != nil: return .string(string())
        default: return word(isKey: false)
        }
    }

    private mutating func object() -> JSONValue? {
        guard enter() else { return nil }
        var members: [(String, JSONValue)] = []
        while let next = skipSeparators(), next != "}", next != "]" {
            let start = position
            let key = Self.closing(next) != nil ? string() : JavaScriptText.string(word(isKey: true))
            skipBlanks()
            guard peek == ":" || peek == "=" else {
                if position == start { position += 1 }
                members.append((key, .null))
                continue
            }
            position += 1
            guard let value = memberValue() else { return nil }
            members.append((key, value))
        }
        leave(closing: "}")
        return .object(JSONObject(members))
    }

    /// A value that is missing before a comma or a bracket is null.
    private mutating func memberValue() -> JSONValue? {
        skipBlanks()
        if peek == "," || peek == "}" || peek == "]" { return .null }
        return value()
    }

    private mutating func array() -> JSONValue? {
        guard enter() else { return nil }
        var elements: [JSONValue] = []
        while let next = skipSeparators(), next != "]", next != "}" {
            let start = position
            guard let element = value() else { return nil }
            if position == start { position += 1 } else { elements.append(element) }
        }
        leave(closing: "]")
        return .array(elements)
    }

    private mutating func enter() -> Bool {
        position += 1
        depth += 1
        return depth <= JSONParser.maximumDepth
    }

    /// Takes the bracket; a wrong one is left for the value around this one, unless there is none.
    private mutating func leave(closing bracket: Unicode.Scalar) {
        depth -= 1
        if peek == bracket || depth == 0 { position += 1 }
    }

    /// A text in quotes, up to the quote that belongs to the opening one or the end.
    private mutating func string() -> String {
        let end = peek.flatMap(Self.closing) ?? "\""
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek, scalar != end {
            position += 1
            if scalar == "\\" { appendEscape(to: &text) } else { text.append(scalar) }
        }
        position += 1
        return String(text)
    }

    private mutating func appendEscape(to text: inout String.UnicodeScalarView) {
        guard let scalar = peek else { return }
        position += 1
        switch scalar {
        case "b": text.append("\u{08}")
        case "f": text.append("\u{0C}")
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "u": text.append(unicodeEscape())
        default: text.append(scalar)
        }
    }

    private mutating func unicodeEscape() -> Unicode.Scalar {
        let first = hexadecimal()
        if (0xD800..<0xDC00).contains(first), peek == "\\", scalars[position...].dropFirst().first == "u" {
            position += 2
            let second = hexadecimal()
            guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character($0).hexDigitValue }) else { break }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// A number, a word of JSON, Python or JavaScript, or a text without quotes.
    private mutating func word(isKey: Bool) -> JSONValue {
        let start = position
        while let scalar = peek, !isEndOfWord(scalar, isKey: isKey), !isAfterBlank(start) { position += 1 }
        let text = JavaScriptWhitespace.trim(String(String.UnicodeScalarView(scalars[start..<position])))
        if isKey { return .string(text) }
        switch text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        case "null", "None", "NULL", "undefined", "NaN": return .null
        default: return number(text) ?? .string(text)
        }
    }

    private func number(_ text: String) -> JSONValue? {
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first),
            let number = JavaScriptNumber.number(text), number.isFinite
        else { return nil }
        return .number(number)
    }

    /// A colon ends a key, but not a value such as `https://example.com`.
    private func isEndOfWord(_ scalar: Unicode.Scalar, isKey: Bool) -> Bool {
        switch scalar {
        case ",", "}", "]", "\n": true
        case ":", "=", "{", "[": isKey
        default: false
        }
    }

    /// Whether a comment or a quote stands here behind white space, so that the word before it has ended.
    private func isAfterBlank(_ start: Int) -> Bool {
        guard position > start, JavaScriptWhitespace.contains(scalars[position - 1]) else { return false }
        return begins("#") || begins("//") || begins("/*") || begins("\"") || begins("'")
    }

    /// Skips blanks and commas, and answers what follows.
    private mutating func skipSeparators() -> Unicode.Scalar? {
        skipBlanks()
        while peek == "," {
            position += 1
            skipBlanks()
        }
        return peek
    }

    /// Skips white space and comments.
    private mutating func skipBlanks() {
        while let scalar = peek {
            if JavaScriptWhitespace.contains(scalar) {
                position += 1
            } else if scalar == "#" || begins("//") {
                while let next = peek, next != "\n" { position += 1 }
            } else if begins("/*") {
                position += 2
                while position < scalars.count, !begins("*/") { position += 1 }
                position += 2
            } else {
                return
            }
        }
    }

    private func begins(_ pair: String) -> Bool {
        position < scalars.count && scalars[position...].starts(with: pair.unicodeScalars)
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private static func closing(_ quote: Unicode.Scalar) -> Unicode.Scalar? {
        switch quote {
        case "\"", "'", "`": quote
        case "\u{201C}": "\u{201D}"
        case "\u{2018}": "\u{2019}"
        default: nil
        }
    }
}
