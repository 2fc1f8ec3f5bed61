/// Stands where no transcription service is set up, and says what to set.
struct MissingTranscriber: AudioTranscriber {
    let failure: TranscriptionFailure

    func transcript(of recording: [UInt8], fileName: String) async throws -> String { throw failure }
}
