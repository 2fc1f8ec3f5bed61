/// A mailbox: a document for each message with a text (`contract/documents.md` 9.2).
struct MailboxConverter: DocumentConverter {
    func convert(_ conversion: Conversion) async throws(ConversionRefusal) -> [ConvertedDocument] {
        let name = conversion.file.name
        let messages = try await MailReader.messages(
            of: conversion, isMailbox: true, else: .noMail(fileName: name))
        let texts = messages.filter { !$0.body.trimmed.isEmpty }
        return zip(1..., texts).map { number, message in
            var document = ConvertedDocument(
                text: message.body, title: Self.title(message, number, name), docAuthor: message.from,
                description: "No description found.", docSource: "Mbox message file uploaded by the user.")
            document.place = .message(number)
            return document
        }
    }

    private static func title(_ message: MailReader.Message, _ number: Int, _ fileName: String) -> String {
        var subject = message.subject
        if subject.isEmpty { return "msg_\(number)-\(fileName)" }
        if let dot = subject.firstIndex(of: ".") { subject.remove(at: dot) }
        return Slug.document(subject) + ".mbox"
    }
}
