/// Pieces by the document that they came from.
enum PieceGroups {
    /// - Parameter pieces: each document's begin with a piece `file`.
    static func files(_ pieces: [Stylesheet.Piece]) -> [[Stylesheet.Piece]] {
        var files: [[Stylesheet.Piece]] = []
        for piece in pieces {
            if piece.kind == "file" { files.append([]) } else if !files.isEmpty { files[files.count - 1].append(piece) }
        }
        return files
    }
}
