import OrderedJSON

extension JSONValue {
    /// A number of tokens as a provider writes it; nil for what is no whole number, negative, or larger than any count
    /// can be: counts are added up.
    var tokenCount: Int? { integerValue.flatMap { (0...1 << 40).contains($0) ? $0 : nil } }

    /// A time that a provider has measured, in its own unit; nil for what can be none.
    var measuredTime: Double? { numberValue.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }
}
