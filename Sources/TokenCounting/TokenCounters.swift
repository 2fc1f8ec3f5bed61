/// Counts tokens as the model at hand does.
public struct TokenCounters: Sendable {
    /// For models whose encoding is not known, and for documents, which are counted without a model.
    public let standard: any TokenCounter
    private let counter: @Sendable (TokenEncoding) -> (any TokenCounter)?

    /// - Parameters:
    ///   - standard: counts `cl100k_base`, exactly or by estimate.
    ///   - counter: the counter of another encoding, nil when its vocabulary is not there; asked for each prompt, so it
    ///     keeps what it has loaded.
    public init(
        standard: any TokenCounter, counter: @escaping @Sendable (TokenEncoding) -> (any TokenCounter)? = { _ in nil }
    ) {
        self.standard = standard
        self.counter = counter
    }

    public func counter(forModel model: String) -> any TokenCounter {
        switch TokenEncoding.of(model: model) {
        case .cl100k: standard
        case .o200k: counter(.o200k) ?? standard
        }
    }
}
