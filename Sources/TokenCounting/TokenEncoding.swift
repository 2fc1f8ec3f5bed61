/// The vocabularies that are known, by OpenAI's names of them.
public enum TokenEncoding: String, Sendable, CaseIterable {
    case cl100k = "cl100k_base"
    case o200k = "o200k_base"

    /// The encoding of a model; `cl100k_base` for models that are not OpenAI's (contract/chat.md 11.2).
    ///
    /// Source: OpenAI, tiktoken, the table of models in `tiktoken/model.py`. Names are compared as they are, because
    /// other servers serve models under names of their own.
    static func of(model: String) -> TokenEncoding {
        let isNewer =
            newerModels.contains(model) || newerFamilies.contains { model.hasPrefix($0) }
        return isNewer ? .o200k : .cl100k
    }

    private static let newerModels: Set = ["o1", "o3", "o4-mini", "gpt-4.1", "gpt-4o"]

    /// Beginnings of names.
    private static let newerFamilies = [
        "o1-", "o3-", "o4-mini-", "gpt-5", "gpt-4.5-", "gpt-4.1-", "gpt-4o-", "chatgpt-4o-", "gpt-oss-", "ft:gpt-4o",
    ]
}
