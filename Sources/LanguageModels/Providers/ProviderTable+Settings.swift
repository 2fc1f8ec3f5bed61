extension ProviderTable {
    /// Every setting that providers read, in the order in which it is shown, each once.
    ///
    /// The program declares its settings, its sample environment file and its manual from this list.
    public static let settings: [ProviderSetting] = {
        var settings = [selection]
        for setting in rows.flatMap(declared) + common where !settings.contains(where: { $0.name == setting.name }) {
            settings.append(setting)
        }
        return settings
    }()

    private static let selection = ProviderSetting(
        "LLM_PROVIDER",
        "What answers: " + rows.filter { $0.id != "anythingllm-router" }.map { "`\($0.id)`" }.joined(separator: ", ")
            + ". Unset: `openai` when `OPEN_AI_KEY` is set, else `extractive`.")

    private static let milliseconds = ProviderSetting.Kind.integer(1...86_399_999)

    /// What holds for all providers.
    private static let common = [
        ProviderSetting(
            "PROVIDER_DISABLE_NATIVE_TOOL_CALLING",
            "Ids of providers whose models are not offered tools, separated by commas."),
        ProviderSetting("LLM_CONNECT_TIMEOUT_MS", milliseconds, "Longest wait for a connection; unset: 10000."),
        ProviderSetting(
            ProviderTimeouts.firstTokenSetting, milliseconds,
            "Longest wait for the first byte of a streamed answer; unset: that of the whole call, of `ollama` 300000."),
        ProviderSetting("LLM_IDLE_TIMEOUT_MS", milliseconds, "Longest silence inside a stream; unset: 300000."),
        ProviderSetting(
            "ANYTHINGLLM_FETCH_TIMEOUT", milliseconds,
            "Longest call to a provider in milliseconds; unset: 600000."),
        ProviderSetting(
            "ANYTHINGLLM_MAX_RETRIES", .integer(0...100),
            "How often a provider that is busy and says when it will not be is asked again; unset: 2."),
        ProviderSetting(
            "LLM_RETRY_BUDGET_MS", .integer(0...86_399_999),
            "Longest wait for busy providers in one call, all tries together; unset: 20000."),
    ]

    private static func declared(_ row: ProviderRow) -> [ProviderSetting] {
        let provider = "provider `\(row.id)`"
        var settings: [ProviderSetting] = []
        if let name = row.address.setting { settings.append(address(name, row.address, provider)) }
        if let credential = row.credential {
            let need = credential.missing == nil ? ", if it wants one" : ""
            settings.append(ProviderSetting(credential.setting, secret: true, "API key for \(provider)\(need)."))
        }
        for name in row.model.settings {
            let standard = row.model.standard.map { $0.isEmpty ? "." : "; unset: `\($0)`." } ?? "."
            settings.append(ProviderSetting(name, "Model of \(provider)\(standard)"))
        }
        if let name = row.window.setting {
            let reported =
                row.listing?.tellsWindow == true
                ? "what it reports, else \(row.window.fallback)" : "\(row.window.fallback)"
            settings.append(ProviderSetting(name, "Context window of \(provider) in tokens; unset: \(reported)."))
        }
        return settings + row.settings
    }

    private static func address(_ name: String, _ address: BaseAddress, _ provider: String) -> ProviderSetting {
        if address.standard != nil { return ProviderSetting(name, .url, "Another base URL for \(provider).") }
        return switch address.form {
        case .asGiven where name.hasSuffix("REGION"): ProviderSetting(name, "Region of \(provider).")
        case .asGiven: ProviderSetting(name, .url, "Base URL for \(provider), used as it is.")
        case .origin(let path):
            ProviderSetting(name, .url, "Address of \(provider); its path is replaced by `\(path)`.")
        }
    }
}
