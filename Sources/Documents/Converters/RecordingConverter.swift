/// Sound and film: what is said in it (`contract/documents.md` 9.5), by a service that the settings name.
struct RecordingConverter: DocumentConverter {
    /// The work is the service's.
    var isWork: Bool { false }

    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let file = conversion.file
        guard let transcriber = conversion.tools.transcriber else { throw .noTranscriber(fileName: file.name) }
        let text: String
        do {
            text = try await transcriber.transcript(of: file.bytes, fileName: file.name)
        } catch {
            throw Task.isCancelled ? .cancelled : .transcription(String(describing: error))
        }
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(text), docAuthor: "no author found",
                description: "No description found.", docSource: "audio file uploaded by the user.")
        ]
    }
}
