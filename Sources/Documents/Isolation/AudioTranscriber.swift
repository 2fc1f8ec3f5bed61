/// Turns recorded speech into text (`contract/documents.md` 9.5).
public protocol AudioTranscriber: Sendable {
    /// - Parameters:
    ///   - recording: the file as it was uploaded.
    ///   - fileName: its name, whose extension tells the format.
    /// - Returns: the spoken text; empty when there is none.
    /// - Throws: an error whose description is the answer's `error`.
    func transcript(of recording: [UInt8], fileName: String) async throws -> String
}
