import Foundation

/// A file that an agent has made, open for reading (contract/documents.md 5.10).
///
/// Names come from clients: they have one form, without a separator, and links in the folder are not followed.
public final class GeneratedFile: Sendable {
    public enum Failure: Error, Sendable, Equatable {
        case invalidName
        case notFound
        case unreadable
    }

    public let name: String
    /// In bytes, when it was opened.
    public let size: Int
    private let descriptor: Int32

    init(name: String, size: Int, descriptor: Int32) {
        self.name = name
        self.size = size
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from `offset` on; empty at the end.
    public func read(_ count: Int, at offset: Int) throws(Failure) -> [UInt8] {
        var length = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            repeat {
                length = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            } while length < 0 && errno == EINTR
            initialized = max(0, length)
        }
        if length < 0 { throw .unreadable }
        return bytes
    }

    /// By its extension.
    public var mediaType: String {
        let suffix = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...].lowercased() }
        return Self.mediaTypes[suffix ?? ""] ?? "application/octet-stream"
    }

    private static let office = "application/vnd.openxmlformats-officedocument."
    private static let mediaTypes = [
        "pptx": office + "presentationml.presentation", "xlsx": office + "spreadsheetml.sheet",
        "docx": office + "wordprocessingml.document", "pdf": "application/pdf", "txt": "text/plain",
        "csv": "text/csv", "json": "application/json", "html": "text/html", "xml": "application/xml",
        "zip": "application/zip", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "svg": "image/svg+xml", "mp3": "audio/mpeg", "mp4": "video/mp4", "webm": "video/webm",
    ]
}
