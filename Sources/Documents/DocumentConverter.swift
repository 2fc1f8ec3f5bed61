/// Extracts the text of one family of file formats.
public protocol DocumentConverter: Sendable {
    /// - Returns: one document, or several for formats that hold several.
    /// - Throws: ``ConversionRefusal`` with the reason that the client sees.
    func convert(_ file: UploadedFile) throws(ConversionRefusal) -> [ConvertedDocument]
}
