/// Prompt windows of OpenAI's models, in tokens (OpenAI, "Models", input limits).
enum OpenAIContextWindow {
    /// What is assumed of a model that is not in the table (contract/chat.md 13.2).
    static let unknown = 4096

    /// By the beginning of the name; the longest that fits counts, so dated snapshots share their family's window.
    private static let windows: [(prefix: String, tokens: Int)] = [
        ("gpt-3.5-turbo", 16_385),
        ("gpt-4", 8_192),
        ("gpt-4-32k", 32_768),
        ("gpt-4-turbo", 128_000),
        ("gpt-4-1106", 128_000),
        ("gpt-4-0125", 128_000),
        ("gpt-4o", 128_000),
        ("gpt-4.1", 1_047_576),
        ("gpt-4.5", 128_000),
        ("gpt-5", 272_000),
        ("chatgpt-4o", 128_000),
        ("o1", 200_000),
        ("o1-mini", 128_000),
        ("o1-preview", 128_000),
        ("o3", 200_000),
        ("o4-mini", 200_000),
    ]

    static func tokens(of model: String) -> Int {
        windows.filter { model.hasPrefix($0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.tokens ?? unknown
    }
}
