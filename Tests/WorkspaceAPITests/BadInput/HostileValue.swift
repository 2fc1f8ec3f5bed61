/// Kinds of JSON values that a field is sent whatever its type.
enum HostileValue: String, CaseIterable, Sendable {
    case null
    case bool
    case number
    /// Beyond 32 bits, beyond the whole numbers of a double, beyond the doubles.
    case hugeNumber
    case text
    case emptyText
    /// With NUL and lone surrogates.
    case oddText
    case array
    case object

    /// Values of the kind as JSON texts.
    var texts: [String] {
        switch self {
        case .null: ["null"]
        case .bool: ["true", "false"]
        case .number: ["0", "-0", "7", "-1", "0.5"]
        case .hugeNumber: ["1e400", "-1e400", "1e308", "9223372036854775808", "9007199254740993"]
        case .text: [#""x""#, #""Infinity""#, #""NaN""#, #""../../etc/passwd""#, #""-1e400""#]
        case .emptyText: [#""""#]
        case .oddText: [#""a\u0000b""#, #""\ud800""#, #""\udc00\ud800y""#]
        case .array: ["[]", "[null]", #"[["x"]]"#]
        case .object: ["{}", #"{"length":1}"#]
        }
    }

    /// Nested ten thousand times: no parser of ours goes that deep, so the whole body is malformed.
    static let deep = [
        String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
        String(repeating: #"{"a":"#, count: 10_000) + "1" + String(repeating: "}", count: 10_000),
        String(repeating: "[", count: 10_000),
    ]

    /// Ten megabytes of text, for whatever is a name.
    static let longName = #"""# + String(repeating: "abcdefgh ü", count: 910_000) + #"""#
    /// 100 KB of text, for what is no name: longer ones only take longer.
    static let longText = #"""# + String(repeating: "abcdefg /ü", count: 9_100) + #"""#
    /// A hundred thousand elements, of which none, some or all are of the right type.
    static let longArrays = [
        "[" + Array(repeating: "0", count: 100_000).joined(separator: ",") + "]",
        "[" + Array(repeating: #""x/y.json""#, count: 100_000).joined(separator: ",") + "]",
        "[" + Array(repeating: "{}", count: 100_000).joined(separator: ",") + "]",
    ]
}
