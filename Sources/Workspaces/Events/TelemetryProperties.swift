import LanguageModels
import OrderedJSON

/// The selection of engines that goes with most telemetry events (contract/system.md 5).
struct TelemetryProperties {
    let settings: InstanceSettings
    let models: LanguageModelCatalog

    /// - Parameter provider: a workspace's own provider, which is named instead of the instance's.
    func selection(provider: String? = nil, withModel: Bool) -> JSONObject {
        var properties: JSONObject = [
            "LLMSelection": .string(provider ?? settings["LLM_PROVIDER"] ?? "openai"),
            "Embedder": .string(settings["EMBEDDING_ENGINE"] ?? "inherit"),
            "VectorDbSelection": .string(settings["VECTOR_DB"] ?? "lancedb"),
            "TTSSelection": .string(settings["TTS_PROVIDER"] ?? "native"),
        ]
        if withModel { properties["LLMModel"] = .string(models.namedModel ?? "--") }
        return properties
    }

    /// The selection with the multi-user flag in front.
    func withUserMode(model: Bool) -> JSONObject {
        var properties: JSONObject = ["multiUserMode": false]
        for member in selection(withModel: model) { properties[member.key] = member.value }
        return properties
    }
}

extension Dependencies {
    var telemetry: TelemetryProperties { TelemetryProperties(settings: settings, models: models) }
}
