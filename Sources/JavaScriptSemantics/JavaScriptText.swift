public import OrderedJSON

/// What JavaScript does with a JSON value where it wants a text, a flag or the name of a type.
public enum JavaScriptText {
    /// `String(value)`: a number in its shortest form, `["a",null]` as `a,`, any object as `[object Object]`
    /// (ECMA-262, `ToString` and `Array.prototype.join`).
    public static func string(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): string(number)
        case .string(let text): text
        case .array(let elements): elements.map { $0.isNull ? "" : string($0) }.joined(separator: ",")
        case .object: "[object Object]"
        }
    }

    private static func string(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return JSONNumber.text(number)
    }

    /// False for null, false, 0, not-a-number and the empty text; true for everything else, empty arrays and
    /// objects included (ECMA-262, `ToBoolean`).
    public static func isTruthy(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .bool(let flag): flag
        case .number(let number): !number.isNaN && number != 0
        case .string(let text): !text.isEmpty
        case .array, .object: true
        }
    }

    /// The same for a member that may be absent, which counts as `undefined`.
    public static func isTruthy(_ value: JSONValue?) -> Bool {
        value.map { isTruthy($0) } ?? false
    }

    /// `typeof value`: `object` for arrays, objects and null.
    public static func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null, .array, .object: "object"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        }
    }
}
