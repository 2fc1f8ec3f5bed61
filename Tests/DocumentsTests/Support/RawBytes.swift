/// Files whose bytes are no UTF-8, as string literals.
enum RawBytes {
    /// A byte for each scalar: `\u{E9}` is 0xE9.
    static func of(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
}
