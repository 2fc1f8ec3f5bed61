import NIOCore
import NIOHTTP1
import OrderedJSON

extension ProviderCall {
    /// Builds the model.
    ///
    /// - Parameter lookup: what the provider says of the model, as far as it is known.
    /// - Throws: `notConfigured` with the words of contract/providers.md 3.1.
    func build(_ lookup: ModelLookup) throws(LanguageModelError) -> any ChatModel {
        switch row.form {
        case .extractive: ExtractiveModel()
        case .router: throw LanguageModelError(.notConfigured, "No model router found for this workspace.")
        case .chatCompletions(let dialect): try chatCompletions(dialect, try endpoint(), lookup)
        case .responses: try responses(lookup)
        case .anthropicMessages: try ownAnthropic(lookup)
        case .ollamaChat: try ollama(lookup)
        case .bedrock(let hosts): try bedrock(hosts, lookup)
        }
    }

    private func responses(_ lookup: ModelLookup) throws(LanguageModelError) -> ResponsesModel {
        let endpoint = try endpoint()
        return ResponsesModel(
            name: try requiredModel(), providerName: row.className, contextWindow: try requiredWindow(lookup),
            endpoint: endpoint)
    }

    /// Anthropic's own service; on other platforms its models are the platform's.
    private func ownAnthropic(_ lookup: ModelLookup) throws(LanguageModelError) -> AnthropicModel {
        var model = try anthropic(try endpoint(), cacheSetting: "ANTHROPIC_CACHE_CONTROL", lookup)
        model.promptCompression = .systemAlone
        return model
    }

    private func anthropic(
        _ endpoint: ProviderEndpoint, cacheSetting: String, _ lookup: ModelLookup
    ) throws(LanguageModelError) -> AnthropicModel {
        let name = try requiredModel()
        let lifetime = settings[cacheSetting].flatMap { ["5m", "1h"].contains($0) ? $0 : nil }
        return AnthropicModel(
            name: name, providerName: row.className, contextWindow: try requiredWindow(lookup),
            endpoint: endpoint.adding([("anthropic-version", AnthropicModel.version)]),
            form: AnthropicRequest(
                model: name, maxTokens: lookup.model?.maximumOutput ?? KnownWindows.anthropicOutput(of: name),
                cacheLifetime: lifetime))
    }

    private func ollama(_ lookup: ModelLookup) throws(LanguageModelError) -> OllamaModel {
        var endpoint = try endpoint()
        // Its own limit in the reference, which can only be raised: loading a model takes its time.
        if settings[ProviderTimeouts.firstTokenSetting] == nil {
            endpoint.timeouts.firstToken = min(endpoint.timeouts.firstToken, .seconds(300))
        }
        if let longer = settings.milliseconds("OLLAMA_RESPONSE_TIMEOUT"), longer > .seconds(300) {
            endpoint.timeouts.firstToken = longer
            endpoint.timeouts.overall = max(endpoint.timeouts.overall, longer)
        }
        let keepAlive = settings["OLLAMA_KEEP_ALIVE_TIMEOUT"] ?? "300"
        let name = try requiredModel()
        let window = try requiredWindow(lookup)
        return OllamaModel(
            name: name, providerName: row.className, contextWindow: window, endpoint: endpoint,
            form: OllamaRequest(
                model: name, window: window,
                keepAlive: Int(keepAlive).map { JSONValue($0) } ?? JSONValue(keepAlive)))
    }
}

extension ProviderCall {
    func chatCompletions(
        _ dialect: ChatCompletionsDialect, _ plain: ProviderEndpoint, _ lookup: ModelLookup
    ) throws(LanguageModelError) -> ChatCompletionsModel {
        let name = try requiredModel()
        let window = try requiredWindow(lookup)
        var endpoint = plain.adding(dialect.headers)
        if let setting = dialect.headerSetting {
            endpoint = endpoint.adding(CustomHeaders.parse(settings[setting] ?? ""))
        }
        endpoint.timeouts.quietEnd = dialect.quietEnd.map(quietEnd)
        let isReasoning = dialect.modelTypeSetting.map { settings[$0] == "reasoning" } ?? false
        let lacksSystem = dialect.modelsWithoutSystem.contains { name.hasPrefix($0) }
        return ChatCompletionsModel(
            name: name, providerName: row.className, contextWindow: window, defaultTemperature: row.temperature,
            canStream: canStream(dialect), endpoint: endpoint,
            form: ChatCompletionsRequest(
                model: model, dialect: dialect,
                systemRole: isReasoning ? .user : lacksSystem ? .exchange : .system, sendsTemperature: !isReasoning,
                outputLimit: outputLimit(dialect, window: window), reportsUsage: reportsUsage(dialect)),
            check: row.model.check.map { rule in
                ModelCheck(
                    rule: rule,
                    lookup: { () async throws(LanguageModelError) -> ModelLookup in try await self.lookup() })
            })
    }

    private func canStream(_ dialect: ChatCompletionsDialect) -> Bool {
        switch dialect.streamingSwitch {
        case nil: true
        case .isTrue(let setting): !settings.isTrue(setting)
        case .isSet(let setting): settings[setting] == nil
        }
    }

    private func reportsUsage(_ dialect: ChatCompletionsDialect) -> Bool {
        switch dialect.usage {
        case .unasked: false
        case .asked: true
        case .setting(let setting): settings.isTrue(setting)
        }
    }

    private func outputLimit(_ dialect: ChatCompletionsDialect, window: Int) -> (name: String, tokens: Int)? {
        switch dialect.outputLimit {
        case nil: nil
        case .setting(let setting, let standard): ("max_tokens", settings.tokens(setting) ?? standard)
        case .window: ("max_completion_tokens", window)
        }
    }

    private func quietEnd(_ rule: ChatCompletionsDialect.QuietEnd) -> TimeAmount {
        let given = rule.setting.flatMap { settings.count($0) } ?? rule.standard
        return .milliseconds(Int64(max(given, rule.minimum)))
    }
}

extension ProviderCall {
    /// With an API key the interfaces that the reference uses; without one, but with an access key, Converse.
    private func bedrock(_ hosts: BedrockHosts, _ lookup: ModelLookup) throws(LanguageModelError) -> any ChatModel {
        let signs = settings[row.credential?.setting ?? ""] == nil
        let access = (settings["AWS_BEDROCK_LLM_ACCESS_KEY_ID"], settings["AWS_BEDROCK_LLM_ACCESS_KEY"])
        guard signs, let id = access.0, let secret = access.1 else { return try mantle(hosts, lookup) }
        let region = try row.address.url(settings)
        var endpoint = try endpoint(hosts.runtime.replacing("*", with: region), nil)
        endpoint.authorization = .signature(
            AWSSignature(
                credentials: AWSSignature.Credentials(
                    accessKeyID: id, secretAccessKey: secret,
                    sessionToken: settings["AWS_BEDROCK_LLM_SESSION_TOKEN"]),
                region: region, service: "bedrock"))
        let name = try requiredModel()
        return ConverseModel(
            name: name, providerName: row.className, contextWindow: try requiredWindow(lookup),
            canStream: canStream(ProviderTable.bedrockDialect), endpoint: endpoint,
            form: ConverseRequest(
                maxTokens: bedrockMaxTokens,
                lacksSystem: ProviderTable.bedrockDialect.modelsWithoutSystem.contains { name.hasPrefix($0) },
                sendsTemperature: AnthropicRequest.takesTemperature(name)))
    }

    private func mantle(_ hosts: BedrockHosts, _ lookup: ModelLookup) throws(LanguageModelError) -> any ChatModel {
        var credential = row.credential
        _ = try endpoint("", credential)
        let base = hosts.mantle.replacing("*", with: try row.address.url(settings))
        let dialect = ProviderTable.bedrockDialect
        guard let model, model.contains("anthropic") else {
            return try chatCompletions(dialect, try endpoint(base + "/v1", credential), lookup)
        }
        credential?.form = .xAPIKey
        var anthropic = try anthropic(
            try endpoint(base + "/anthropic", credential), cacheSetting: "", lookup)
        anthropic.canStream = canStream(dialect)
        anthropic.form.maxTokens = bedrockMaxTokens
        return anthropic
    }

    private var bedrockMaxTokens: Int { settings.tokens("AWS_BEDROCK_LLM_MAX_TOKENS") ?? 4096 }
}

extension ProviderEndpoint {
    /// The same endpoint with further headers; a name that is there already gets the new value.
    func adding(_ more: [(name: String, value: String)]) -> ProviderEndpoint {
        var endpoint = self
        for (name, value) in more { endpoint.headers.replaceOrAdd(name: name, value: value) }
        return endpoint
    }
}
