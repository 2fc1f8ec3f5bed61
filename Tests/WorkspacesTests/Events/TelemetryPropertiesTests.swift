import LanguageModels
import OrderedJSON
import ProviderHTTP
import Testing

@testable import Workspaces

@Suite("Properties of telemetry events")
struct TelemetryPropertiesTests {
    /// Settings of the instance and the properties (contract/workspaces.md 4.5, contract/system.md 5).
    static let selections: [([String: String], String)] = [
        (
            [:],
            #"{"LLMSelection":"openai","Embedder":"inherit","VectorDbSelection":"lancedb","TTSSelection":"native","LLMModel":"--"}"#
        ),
        (
            ["LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_MODEL_PREF": "m", "EMBEDDING_ENGINE": "ollama"],
            #"{"LLMSelection":"generic-openai","Embedder":"ollama","VectorDbSelection":"lancedb","TTSSelection":"native","LLMModel":"m"}"#
        ),
        (
            ["LLM_PROVIDER": "azure", "OPEN_MODEL_PREF": "second"],
            #"{"LLMSelection":"azure","Embedder":"inherit","VectorDbSelection":"lancedb","TTSSelection":"native","LLMModel":"second"}"#
        ),
        (
            ["LLM_PROVIDER": "none-such", "OPEN_MODEL_PREF": "m"],
            #"{"LLMSelection":"none-such","Embedder":"inherit","VectorDbSelection":"lancedb","TTSSelection":"native","LLMModel":"--"}"#
        ),
    ]

    @Test("name the engines and the model of the settings", arguments: selections)
    func selection(settings: [String: String], expected: String) throws {
        var dependencies = try WorkspacesFixture().dependencies
        dependencies.settings = InstanceSettings { settings[$0] }
        dependencies.models = LanguageModelCatalog(setting: { settings[$0] }, httpClient: ProviderClient())
        let properties = dependencies.telemetry
        #expect(JSONValue.object(properties.selection(withModel: true)).text == expected)
        #expect(properties.selection(withModel: false)["LLMModel"] == nil)
        #expect(properties.selection(provider: "own", withModel: true)["LLMSelection"] == "own")
        #expect(properties.withUserMode(model: true).keys.first == "multiUserMode")
    }
}
