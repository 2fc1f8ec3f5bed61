/// Pictures: what can be read on them (`contract/documents.md` 9.2). A TIFF may have several pages.
struct PictureConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let pages = try await Recognition(conversion).pages(ofPicture: try conversion.scratch())
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(PageNumbers.join(pages)), docAuthor: "Unknown", description: "Unknown",
                docSource: "image file uploaded by the user.")
        ]
    }
}
