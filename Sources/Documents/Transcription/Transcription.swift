public import ProviderHTTP

/// The choice of a transcription service by the instance's settings (`contract/documents.md` 9.5).
public enum Transcription {
    /// `local`, the reference's default, runs a model inside it, which is not done here: recordings are refused with
    /// what to set instead.
    ///
    /// - Parameter setting: the value of a setting by its environment name.
    public static func transcriber(
        setting: (String) -> String?, httpClient: ProviderClient
    ) -> any AudioTranscriber {
        func given(_ name: String) -> String? { setting(name).flatMap { $0.isEmpty ? nil : $0 } }
        switch given("WHISPER_PROVIDER") {
        case "openai":
            guard let key = given("OPEN_AI_KEY") else { return MissingTranscriber(failure: .noKey) }
            return OpenAITranscriber(
                client: httpClient, base: "https://api.openai.com/v1", key: key, model: "whisper-1")
        case "generic-openai":
            guard let base = given("WHISPER_GENERIC_OPEN_AI_BASE_URL") else {
                return MissingTranscriber(failure: .noAddress)
            }
            return OpenAITranscriber(
                client: httpClient, base: base, key: given("WHISPER_GENERIC_OPEN_AI_API_KEY"),
                model: given("WHISPER_GENERIC_OPEN_AI_MODEL") ?? "whisper-small")
        default: return MissingTranscriber(failure: .notConfigured)
        }
    }
}
