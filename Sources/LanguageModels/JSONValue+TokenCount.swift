import OrderedJSON

extension JSONValue {
    /// A number of tokens as a provider writes it; nil for what is no whole number, or larger than any count can be:
    /// counts are added up.
    var tokenCount: Int? { integerValue.flatMap { $0.magnitude <= 1 << 40 ? $0 : nil } }
}
