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
    init(_ attachments: [Attachment], dependencies: Dependencies) {
        images = attachments.filter { !$0.isDocument }
        documents = attachments.filter(\.isDocument).flatMap { attachment in
            do {
                return try Self.parse(attachment, dependencies)
            } catch {
                dependencies.logger.warning("attachment not readable", metadata: ["error.reason": "\(error)"])
                return []
            }
        }
    }

    private static func parse(_ attachment: Attachment, _ dependencies: Dependencies) throws -> [WholeDocument] {
        let given = attachment.name.isEmpty ? "attachment-\(dependencies.source.uuid())" : attachment.name
        let file = UploadedFile(
            name: FileName.sanitize(try DocumentPath.normalize(given)), bytes: decode(attachment.contentString))
        return try UploadedDocuments.records(of: file, in: dependencies.documentEnvironment).map { record in
            var record = record
            record.location.folder = folder
            var shown = record.uploadRecord()
            shown["pageContent"] = nil
            shown["isDirectUpload"] = true
            return WholeDocument(text: record.pageContent, metadata: shown)
        }
    }

    /// Base64, decoded leniently; of a data URI, what follows `base64,`.
    private static func decode(_ content: String) -> [UInt8] {
        var base64 = Substring(content)
        if content.hasPrefix("data:"), let mark = content.firstRange(of: "base64,") {
            base64 = content[mark.upperBound...]
        }
        let standard = base64.replacing("-", with: "+").replacing("_", with: "/").filter { $0 != "=" }
        let kept = standard.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/") }
        let usable = kept.count % 4 == 1 ? String(kept.dropLast()) : String(kept)
        let padded = usable + String(repeating: "=", count: (4 - usable.count % 4) % 4)
        return Array(Data(base64Encoded: padded) ?? Data())
    }
}
