public import Foundation
public import OrderedJSON

/// What a JavaScript date parser makes of a JSON value (`contract/workspaces.md` 3.2, `lastUpdatedAt`).
///
/// ISO 8601 text of ECMA-262's date-time format: a date alone is midnight UTC, a date with a time but no
/// zone is local. Any other text is read as people write dates in English (``EnglishDateParser``). A number is
/// milliseconds since 1970, `true` is 1.
public enum DateText {
    /// Largest distance from 1970 that a JavaScript date can have, in milliseconds (ECMA-262, `TimeClip`).
    public static let limit = 8.64e15

    /// - Returns: milliseconds since 1970-01-01T00:00:00Z, or nil when the value is no date.
    public static func milliseconds(_ value: JSONValue, timeZone: TimeZone = .current) -> Int64? {
        switch value {
        case .null, .object: nil
        case .bool(let flag): flag ? 1 : nil
        case .number(let number): clip(number)
        case .string(let text): milliseconds(text, timeZone: timeZone)
        case .array: milliseconds(JavaScriptText.string(value), timeZone: timeZone)
        }
    }

    public static func milliseconds(_ text: String, timeZone: TimeZone = .current) -> Int64? {
        if let fields = ISODateParser.parse(text) { return fields.milliseconds(in: timeZone) }
        // A run of digits is not a date for this API, though some parsers take `5` for the first of May.
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return nil }
        return EnglishDateParser.parse(text)?.milliseconds(in: timeZone)
    }

    /// Cuts the fraction off; nil beyond ``limit``.
    public static func clip(_ milliseconds: Double) -> Int64? {
        guard abs(milliseconds) <= limit else { return nil }
        return Int64(milliseconds)
    }
}
