import LibraryClient

extension ProgressLine {
    /// What a bar shows while a file is embedded, such as `a.pdf: 120 of 500 chunks  85/s  4 s left`.
    static func detail(_ file: String, _ progress: EmbeddingProgress) -> String {
        var text = file + ":"
        if progress.documentsTotal > 1 { text += " \(progress.documentsDone) of \(progress.documentsTotal) documents," }
        text += " \(progress.chunksDone) of \(progress.chunksTotal) chunks"
        if let rate = progress.chunksPerSecond { text += "  " + Self.rate(rate) }
        if let seconds = progress.secondsLeft { text += "  \(time(seconds)) left" }
        return text
    }
}
