import Documents
import Foundation
import Logging
import OrderedJSON

/// Sorts attachments into documents, which become context, and images, which go to the model (contract/chat.md 9).
struct AttachedDocuments: Sendable {
    let documents: [WholeDocument]
    let images: [Attachment]

    /// Where a file would lie that came with a message; nothing is stored there.
    private static let folder = "direct-uploads"

    /// A document that cannot be read is logged and left out.
    init(_ attachments: [Attachment], dependencies: Dependencies) async {
        images = attachments.filter { !$0.isDocument }
        var documents: [WholeDocument] = []
        for attachment in attachments where attachment.isDocument {
            do {
                documents += try await Self.parse(attachment, dependencies)
            } catch {
                dependencies.logger.warning(
                    "attachment not readable", metadata: ["error.reason": .string(LogReason.of(error))])
            }
        }
        self.documents = documents
    }

    private static func parse(_ attachment: Attachment, _ dependencies: Dependencies) async throws -> [WholeDocument] {
        let given = attachment.name.isEmpty ? "attachment-\(dependencies.source.uuid())" : attachment.name
        let file = UploadedFile(
            name: FileName.sanitize(try DocumentPath.normalize(given)), bytes: decode(attachment.contentString))
        return try await UploadedDocuments.records(of: file, in: dependencies.documentEnvironment).map { record in
            var record = record
            record.location.folder = folder
            var shown = record.uploadRecord()
            shown["pageContent"] = nil
            shown["isDirectUpload"] = true
            return WholeDocument(text: record.pageContent, metadata: shown)
        }
    }

    /// Base64 of either alphabet, decoded leniently; of a data URI, what follows `base64,`.
    private static func decode(_ content: String) -> [UInt8] {
        var base64 = content.utf8[...]
        if content.hasPrefix("data:"), let mark = content.firstRange(of: "base64,") {
            base64 = content.utf8[mark.upperBound...]
        }
        var kept = base64.compactMap(digit)
        if kept.count % 4 == 1 { kept.removeLast() }
        kept += Array(repeating: UInt8(ascii: "="), count: (4 - kept.count % 4) % 4)
        return Array(Data(base64Encoded: Data(kept)) ?? Data())
    }

    /// The digit of the standard alphabet; nil for what is none.
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: nil
        }
    }
}
