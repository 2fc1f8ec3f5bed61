/// What the conversion of one file may take.
public struct ExtractionLimits: Sendable, Equatable {
    /// Wall and processor time of everything but optical character recognition.
    public var seconds = 120
    /// Time for optical character recognition (`contract/documents.md` 9.6).
    public var recognitionSeconds = 300
    /// Address space of a converter program, bytes.
    public var memory = 1 << 30
    /// What a program may write: the text of a document, or the unpacked members of an archive, bytes.
    public var output = 128 << 20
    /// Pages of a PDF.
    public var pages = 10_000
}
