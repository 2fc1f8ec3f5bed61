import HTTPTypes
import Hummingbird
import OrderedJSON
import Workspaces

/// The form of an upload: one file named `file`, and the text fields `addToWorkspaces` and `metadata`
/// (contract/documents.md 3.1). A body that is no form gives an empty one, or the fields of its JSON.
struct UploadForm {
    struct File {
        var name: String
        var content = Content.memory([])

        /// All of it, in memory.
        func bytes() throws -> [UInt8] {
            switch content {
            case .memory(let bytes): bytes
            case .spooled(let file): try file.bytes()
            }
        }
    }

    enum Content {
        case memory([UInt8])
        /// More than ``memoryLimit``.
        case spooled(SpooledFile)
    }

    /// Bytes of a file that are held in memory.
    static let memoryLimit = 8 << 20

    private(set) var file: File?
    /// A text, or an empty list when the field came more than once.
    private(set) var addToWorkspaces: JSONValue?
    private(set) var metadata: String?

    /// Bytes of all text fields together.
    private static let textLimit = 1 << 20

    private enum Part {
        case file
        case text(name: String)
        case ignored
    }

    private var part = Part.ignored
    private var text: [UInt8] = []
    private var textTotal = 0

    /// Where large files go.
    private let spool: () throws -> SpooledFile

    private init(_ spool: @escaping () throws -> SpooledFile) { self.spool = spool }

    /// Reads the body as it arrives.
    ///
    /// - Parameter spool: makes a file on the disk.
    /// - Throws: ``APIError`` 500 with the form parser's message, as the reference answers (contract/documents.md 3.1).
    static func read(
        _ request: Request, spool: @escaping () throws -> SpooledFile
    ) async throws -> UploadForm {
        let contentType = request.headers[.contentType] ?? ""
        guard MultipartParser.isMultipart(contentType) else {
            let body = try await RequestJSON.object(request, .document)
            var form = UploadForm(spool)
            form.addToWorkspaces = body["addToWorkspaces"]
            return form
        }
        do {
            var form = UploadForm(spool)
            var parser = try MultipartParser(contentType: contentType)
            var total = 0
            for try await chunk in request.body {
                total += chunk.readableBytes
                if total > RequestJSON.sizeLimit { throw Failure(message: "File too large") }
                for event in try parser.parse(Array(chunk.readableBytesView)) { try form.take(event) }
            }
            try parser.finish()
            return form
        } catch let error as MultipartError {
            throw invalid(error.description)
        } catch let error as Failure {
            throw invalid(error.message)
        }
    }

    private struct Failure: Error {
        let message: String
    }

    private static func invalid(_ message: String) -> APIError {
        APIError(.internalServerError, .document, "Invalid file upload. \(message)")
    }

    private mutating func take(_ event: MultipartEvent) throws {
        switch event {
        case .partBegin(let head): try begin(head)
        case .data(let bytes):
            switch part {
            case .file: try append(bytes)
            case .text:
                textTotal += bytes.count
                if textTotal > Self.textLimit { throw Failure(message: "Field value too long") }
                text.append(contentsOf: bytes)
            case .ignored: break
            }
        case .partEnd: endPart()
        case .end: break
        }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws {
        switch file?.content {
        case .memory(var held)?:
            // Taken out, so that it is appended to in place.
            file?.content = .memory([])
            held.append(contentsOf: bytes)
            if held.count <= Self.memoryLimit {
                file?.content = .memory(held)
            } else {
                let spooled = try spool()
                try spooled.append(held[...])
                file?.content = .spooled(spooled)
            }
        case .spooled(let spooled)?: try spooled.append(bytes)
        case nil: break
        }
    }

    private mutating func begin(_ head: MultipartPart) throws {
        text = []
        // A file input left empty sends a part without a name: no file.
        if let fileName = head.fileName, !fileName.isEmpty {
            guard head.name == "file", file == nil else { throw Failure(message: "Unexpected field") }
            file = File(name: fileName.storable)
            part = .file
        } else {
            part = head.name.map { Part.text(name: $0) } ?? .ignored
        }
    }

    private mutating func endPart() {
        guard case .text(let name) = part else { return }
        let value = String(decoding: text, as: UTF8.self).storable
        switch name {
        case "metadata": metadata = value
        // A list is refused whatever is in it, so the second value already need not be kept.
        case "addToWorkspaces": addToWorkspaces = addToWorkspaces == nil ? .string(value) : .array([])
        // A list or an object in the words of forms: `addToWorkspaces[]`.
        case _ where name.hasPrefix("addToWorkspaces[") && name.hasSuffix("]"): addToWorkspaces = .array([])
        default: break
        }
        part = .ignored
    }
}
