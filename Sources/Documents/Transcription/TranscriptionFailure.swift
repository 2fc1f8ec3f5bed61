/// Why a recording does not become text. The description is what clients see.
enum TranscriptionFailure: Error, Equatable, CustomStringConvertible {
    /// Nothing here can listen.
    case notConfigured
    /// Provider `openai` without its key (`contract/documents.md` 9.5).
    case noKey
    /// Provider `generic-openai` without its address.
    case noAddress
    /// In the provider's words.
    case refused(String)
    case unreachable
    case tooSlow(seconds: Int)

    var description: String {
        switch self {
        case .notConfigured:
            "Recordings are transcribed by a service, and none is set up: set WHISPER_PROVIDER to openai (with OPEN_AI_KEY)"
                + " or to generic-openai (with WHISPER_GENERIC_OPEN_AI_BASE_URL)."
        case .noKey: "A processing error occurred."
        case .noAddress: "Set WHISPER_GENERIC_OPEN_AI_BASE_URL, the address of the transcription service up to /v1."
        case .refused(let message): message
        case .unreachable: "The transcription service cannot be reached."
        case .tooSlow(let seconds): "The transcription service did not answer within \(seconds) seconds."
        }
    }
}
