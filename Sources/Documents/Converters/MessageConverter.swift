/// One mail in a file of its own. Its subject is its description.
struct MessageConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let messages = try await MailReader.messages(
            of: conversion, isMailbox: false, else: .noMail(fileName: conversion.file.name))
        let message = messages[0]
        return [
            ConvertedDocument(
                text: try conversion.nonEmpty(message.body), docAuthor: message.from,
                description: message.subject.isEmpty ? "No description found." : message.subject,
                docSource: "eml file uploaded by the user.")
        ]
    }
}
