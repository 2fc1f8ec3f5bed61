import OrderedJSON

extension String {
    /// The text with U+FFFD for NUL, as for lone surrogates: the database takes a text only up to its first NUL. Runs of
    /// combining marks are bounded (``MarkRuns``).
    var storable: String { MarkRuns.bounded(utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self) }
}

extension JSONObject {
    /// The object with every text inside it, keys too, as ``Swift/String/storable``.
    var storable: JSONObject { JSONObject(map { ($0.key.storable, $0.value.storable) }) }
}

extension JSONValue {
    fileprivate var storable: JSONValue {
        switch self {
        case .string(let text): .string(text.storable)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let object): .object(object.storable)
        case .null, .bool, .number: self
        }
    }
}
