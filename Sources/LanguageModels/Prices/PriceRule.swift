/// Where a provider's prices are known from (contract/providers.md 2).
enum PriceRule: Sendable, Equatable {
    /// A server of one's own.
    case free
    /// In the list, under the model's name with one of these in front; the first that is there counts.
    case listed([String])
    case unknown

    func price(of model: String, _ list: () -> PriceList?) -> TokenPrice? {
        switch self {
        case .free: .free
        case .listed(let prefixes): list()?.price(prefixes.map { $0 + model })
        case .unknown: nil
        }
    }
}

extension PriceRule {
    /// By provider id; what is missing here has no price that could be known.
    static let rules: [String: PriceRule] = [
        "ollama": .free, "lmstudio": .free, "localai": .free, "koboldcpp": .free, "textgenwebui": .free, "omlx": .free,
        "lemonade": .free, "docker-model-runner": .free, "foundry": .free,
        "openai": .listed(["", "openai/"]), "anthropic": .listed(["", "anthropic/"]), "azure": .listed(["azure/"]),
        "gemini": .listed(["gemini/"]), "togetherai": .listed(["together_ai/"]),
        "fireworksai": .listed(["fireworks_ai/"]), "perplexity": .listed(["perplexity/"]),
        "openrouter": .listed(["openrouter/"]), "mistral": .listed(["mistral/"]), "groq": .listed(["groq/"]),
        "cohere": .listed(["", "cohere/"]), "bedrock": .listed(["", "bedrock/"]), "deepseek": .listed(["deepseek/"]),
        "novita": .listed(["novita/"]), "xai": .listed(["xai/"]), "moonshotai": .listed(["moonshot/"]),
        "zai": .listed(["zai/"]), "minimax": .listed(["minimax/"]), "cerebras": .listed(["cerebras/"]),
    ]

    static func of(provider id: String) -> PriceRule { rules[id] ?? .unknown }
}
