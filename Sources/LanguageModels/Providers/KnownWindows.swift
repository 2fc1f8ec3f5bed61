/// Windows of hosted models in tokens, by the beginning of the model's name. They hold where neither a setting nor the
/// provider's own list says; the pages named beside the tables are where to check them.
enum KnownWindows {
    typealias Table = [(prefix: String, tokens: Int)]

    /// OpenAI, "Models" (platform.openai.com/docs/models): limits of the input.
    static let openAI: Table = [
        ("gpt-3.5-turbo", 16_385), ("gpt-4", 8_192), ("gpt-4-32k", 32_768), ("gpt-4-turbo", 128_000),
        ("gpt-4-1106", 128_000), ("gpt-4-0125", 128_000), ("gpt-4o", 128_000), ("gpt-4.1", 1_047_576),
        ("gpt-4.5", 128_000), ("gpt-5", 272_000), ("chatgpt-4o", 128_000), ("o1", 200_000), ("o1-mini", 128_000),
        ("o1-preview", 128_000), ("o3", 200_000), ("o4-mini", 200_000),
    ]

    /// Anthropic, "Models overview" (platform.claude.com/docs/en/about-claude/models/overview).
    static let anthropic: Table = [("claude-", 200_000), ("claude-2.0", 100_000), ("claude-instant", 100_000)]

    /// Google, "Gemini models" (ai.google.dev/gemini-api/docs/models).
    static let gemini: Table = [
        ("gemini-1.5-flash", 1_048_576), ("gemini-1.5-pro", 2_097_152), ("gemini-2", 1_048_576),
        ("gemini-3", 1_048_576), ("gemma-3", 131_072), ("gemma-3-1b-it", 32_768),
    ]

    /// Groq, "Supported models" (console.groq.com/docs/models).
    static let groq: Table = [
        ("llama-3.1-8b-instant", 131_072), ("llama-3.3-70b", 131_072), ("meta-llama/llama-4", 131_072),
        ("openai/gpt-oss", 131_072), ("qwen/qwen3-32b", 131_072), ("moonshotai/kimi-k2", 131_072),
        ("moonshotai/kimi-k2-instruct-0905", 262_144), ("mixtral-8x7b-32768", 32_768),
    ]

    /// Cohere, "An overview of Cohere's models" (docs.cohere.com/docs/models).
    static let cohere: Table = [
        ("command-a", 256_000), ("command-r", 128_000), ("c4ai-aya-expanse-8b", 8_192),
        ("c4ai-aya-expanse-32b", 128_000),
    ]

    /// DeepSeek, "Models & pricing" (api-docs.deepseek.com/quick_start/pricing).
    static let deepSeek: Table = [("deepseek-chat", 128_000), ("deepseek-reasoner", 128_000)]

    /// xAI, "Models and pricing" (docs.x.ai/docs/models).
    static let xai: Table = [
        ("grok-2-vision", 32_768), ("grok-4", 256_000), ("grok-4-fast", 2_000_000), ("grok-4-1-fast", 2_000_000),
        ("grok-code-fast", 256_000),
    ]

    /// Moonshot AI, "Model list" (platform.moonshot.ai/docs).
    static let moonshot: Table = [
        ("moonshot-v1-32k", 32_768), ("moonshot-v1-128k", 131_072), ("moonshot-v1-auto", 131_072),
        ("kimi-latest", 131_072), ("kimi-k2", 262_144), ("kimi-k2-0711", 131_072), ("kimi-thinking", 131_072),
    ]

    /// Z.AI, "Overview" of the models (docs.z.ai/guides/overview).
    static let zai: Table = [("glm-4.5", 131_072), ("glm-4.5v", 65_536), ("glm-4.6", 200_000), ("glm-4.7", 200_000)]

    /// Gitee AI, its models' descriptions (ai.gitee.com/serverless-api/packages/1910).
    static let giteeAI: Table = [
        ("Qwen2.5-72B-Instruct", 16_000), ("Qwen2.5-32B-Instruct", 32_000), ("Qwen2.5-14B-Instruct", 24_000),
        ("Qwen2.5-7B-Instruct", 32_000), ("Qwen2-72B-Instruct", 32_000), ("Yi-34B-Chat", 4_000),
    ]

    /// SambaNova, "Supported models" (docs.sambanova.ai).
    static let sambaNova: Table = [
        ("Meta-Llama-3.1-8B", 16_384), ("Meta-Llama-3.1-405B", 16_384), ("Meta-Llama-3.2-1B", 16_384),
        ("Meta-Llama-3.2-3B", 4_096), ("DeepSeek-V3-0324", 32_768), ("Qwen3-32B", 8_192),
    ]

    /// MiniMax, "Text generation" (platform.minimax.io/docs).
    static let miniMax: Table = [("MiniMax-M1", 1_000_000), ("MiniMax-Text-01", 1_000_000)]

    /// Perplexity, "Models" (docs.perplexity.ai), the figures of contract/providers.md 3.2.
    static let perplexity: Table = [("sonar", 127_072), ("sonar-pro", 200_000)]

    /// Privatemode, the figures of contract/providers.md 3.2.
    static let privatemode: Table = [
        ("gemma-3-27b", 128_000), ("leon-se/gemma-3-27b-it-fp8-dynamic", 128_000), ("qwen3-coder-30b-a3b", 128_000),
        ("gpt-oss-120b", 128_000), ("openai/gpt-oss-120b", 128_000),
    ]

    /// Longest answers of Anthropic's models, from the same page as their windows.
    private static let anthropicOutputs: Table = [
        ("claude-3", 4_096), ("claude-3-5", 8_192), ("claude-3-7", 64_000), ("claude-opus-4", 32_000),
        ("claude-opus-4-5", 64_000), ("claude-opus-4-6", 128_000), ("claude-sonnet-4", 64_000),
        ("claude-haiku-4", 64_000),
    ]

    /// What is asked of a model that is not in the table is what every model grants.
    static func anthropicOutput(of model: String) -> Int { tokens(model, anthropicOutputs) ?? 4_096 }

    /// The longest beginning that fits counts, so dated snapshots share their family's figure.
    static func tokens(_ model: String, _ table: Table) -> Int? {
        table.filter { model.hasPrefix($0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.tokens
    }
}
