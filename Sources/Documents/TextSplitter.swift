/// Cuts a text into overlapping chunks at blank lines, else at line feeds, else at spaces, else anywhere
/// (`contract/vectors.md` 5.2, the recursive character splitter of LangChain with its separators kept).
///
/// Sizes count UTF-16 code units, but no character outside the basic plane is cut in half (VQ-13). The text is
/// walked as UTF-8: the separators are ASCII, and every piece, window and chunk is a range of it.
public struct TextSplitter: Sendable {
    /// A part of a text and where it begins there, in bytes of UTF-8.
    public struct Chunk: Sendable, Equatable {
        public var text: String
        public var offset: Int
    }

    /// UTF-16 code units that a chunk may have.
    public let chunkSize: Int
    /// UTF-16 code units that a chunk may share with the one before.
    public let overlap: Int

    /// - Throws: ``TextSplitterError/overlapNotBelowChunkSize``.
    public init(chunkSize: Int, overlap: Int) throws(TextSplitterError) {
        guard overlap < chunkSize else { throw .overlapNotBelowChunkSize }
        self.chunkSize = chunkSize
        self.overlap = overlap
    }

    /// - Returns: the chunks in the order of the text, each trimmed and not empty.
    /// - Complexity: linear in the length of the text.
    public func split(_ text: String) -> [String] { chunks(of: text).map(\.text) }

    /// The same with the places of the chunks.
    public func chunks(of text: String) -> [Chunk] {
        var text = text
        return text.withUTF8 { bytes in
            var walk = SplitterWalk(bytes: bytes, chunkSize: chunkSize, overlap: overlap)
            walk.split(0..<bytes.count, separators: SplitterWalk.Separator.allCases[...])
            return walk.chunks
        }
    }
}
