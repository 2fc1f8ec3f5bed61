/// Why a text is not JSON, and where.
public struct JSONParseError: Error, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case trailingBytes
        case badNumber
        case badEscape
        case controlCharacterInString
        case tooDeep
        /// More values than the caller wants.
        case tooManyValues
    }

    public var reason: Reason
    /// Position in bytes from the start of the text.
    public var offset: Int

    public var description: String {
        let what =
            switch reason {
            case .unexpectedEnd: "Unexpected end of JSON input"
            case .unexpectedByte: "Unexpected character in JSON"
            case .trailingBytes: "Unexpected text after the JSON value"
            case .badNumber: "Bad number in JSON"
            case .badEscape: "Bad escape in a JSON string"
            case .controlCharacterInString: "Bad control character in a JSON string"
            case .tooDeep: "JSON is nested too deeply"
            case .tooManyValues: "JSON has too many values"
            }
        return "\(what) at position \(offset)"
    }
}
