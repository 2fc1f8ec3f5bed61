/// Extracts the text of one family of file formats.
protocol DocumentConverter: Sendable {
    /// Whether it is so much work that it waits for a place among those that are done at once.
    var isWork: Bool { get }

    /// - Returns: one document, or several for formats that hold several; none when there is nothing to keep.
    /// - Throws: ``ConversionRefusal`` with the reason that the client sees.
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument]
}

extension DocumentConverter {
    var isWork: Bool { true }
}
