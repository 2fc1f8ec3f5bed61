import OrderedJSON
import TestSupport

extension ScriptedHTTPServer {
    /// The settings that make this server the model of provider `generic-openai`.
    var genericOpenAI: [String: String] {
        [
            "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": base,
            "GENERIC_OPEN_AI_MODEL_PREF": "mock-model", "GENERIC_OPEN_AI_API_KEY": "sk-mock",
        ]
    }

    /// The bodies of all requests, in order.
    var bodies: [JSONValue] {
        get throws { try requests.map { try JSONParser.parse($0.text) } }
    }
}
