/// A setting that an embedder reads, as the program that owns the settings has to declare it.
public struct EmbedderSetting: Sendable, Equatable {
    /// What the value must be.
    public enum Kind: Sendable, Equatable {
        case text
        /// `http://` or `https://`.
        case url
        /// A whole number of the range.
        case integer(ClosedRange<Int>)
    }

    public let name: String
    public let kind: Kind
    public let isSecret: Bool
    /// What it is for, with what holds when it is unset, in Markdown.
    public let purpose: String

    init(_ name: String, _ kind: Kind, _ purpose: String) {
        self.name = name
        self.kind = kind
        isSecret = false
        self.purpose = purpose
    }

    init(_ name: String, secret isSecret: Bool = false, _ purpose: String) {
        self.name = name
        kind = .text
        self.isSecret = isSecret
        self.purpose = purpose
    }
}
