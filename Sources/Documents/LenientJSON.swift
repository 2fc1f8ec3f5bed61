import JavaScriptSemantics
public import OrderedJSON

/// Reads the JSON that people type into form fields (`contract/documents.md` 3.3).
///
/// Strict JSON first; else, when the text begins with `{` or `[`, repaired JSON (``JSONRepair``); else the first
/// object or array found inside the text; else an empty object. It never fails, and its work is bounded.
public enum LenientJSON {
    public static func parse(_ text: String) -> JSONValue {
        if let value = try? JSONParser.parse(text) { return value }
        let trimmed = JavaScriptWhitespace.trim(text)
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("["), let value = JSONRepair.value(of: trimmed) { return value }
        return embedded(in: text) ?? [:]
    }

    /// The same where only an object has a meaning; anything else counts as an empty one.
    public static func object(_ text: String) -> JSONObject { parse(text).objectValue ?? [:] }

    /// How many opening brackets are tried, so that a text of brackets does not cost quadratic time.
    private static let maximumTries = 64

    private static func embedded(in text: String) -> JSONValue? {
        let bytes = Array(text.utf8)
        var start = bytes.startIndex
        for _ in 0..<maximumTries {
            let isOpening: (UInt8) -> Bool = { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
            guard let open = bytes[start...].firstIndex(where: isOpening) else { return nil }
            if let end = end(of: bytes[open...]), let value = try? JSONParser.parse(bytes[open...end]) { return value }
            start = open + 1
        }
        return nil
    }

    /// The object or array that `bytes` begin with, whatever stands behind it.
    static func first(in bytes: ArraySlice<UInt8>) -> JSONValue? {
        guard let end = end(of: bytes) else { return nil }
        return try? JSONParser.parse(bytes[bytes.startIndex...end])  // What is no JSON is nothing.
    }

    /// The bracket that closes the first one; brackets inside strings do not count.
    private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                isInString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
