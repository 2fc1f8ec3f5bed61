/// A text in parts of equal length, numbered from 1.
struct DocumentParts: Sendable {
    private let scalars: String.UnicodeScalarView
    private let length: Int

    /// - Parameter length: Unicode scalars of a part, at least 1.
    init(_ text: String, length: Int) {
        scalars = text.unicodeScalars
        self.length = max(1, length)
    }

    /// At least 1.
    var count: Int { max(1, (scalars.count + length - 1) / length) }

    /// Empty beyond the last part.
    subscript(number: Int) -> String {
        String(Substring(scalars.dropFirst((number - 1) * length).prefix(length)))
    }
}
