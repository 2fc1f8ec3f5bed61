extension UploadedDocuments {
    /// Whether a file is taken as it is, so that its text need not be held in memory.
    ///
    /// - Parameter file: with the first bytes at least.
    /// - Throws: ``ConversionRefusal`` when it is not taken at all.
    public static func isPlainText(_ file: UploadedFile) throws(ConversionRefusal) -> Bool {
        try ConverterTable.converter(for: file) is PlainTextConverter
    }
}
