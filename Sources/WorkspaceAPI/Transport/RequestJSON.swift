import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import OrderedJSON

/// Reads a request's body as the handlers see it (contract/workspaces.md 1.2): JSON by its content type, JSON sent as
/// plain text, forms, and an empty object for everything else.
enum RequestJSON {
    /// Bytes; larger bodies are refused with 413.
    static let sizeLimit = 3 << 30
    /// Of JSON; more are refused with 413, as they would take twenty times the memory of the body.
    static let valueLimit = 2_000_000

    /// What is in `Content-Encoding` besides is no coding (`utf-8`, say), and the body is plain.
    private static let compressions: Set<String> = ["gzip", "x-gzip", "deflate", "compress", "br", "zstd"]

    /// - Parameter shape: of the error answer.
    /// - Throws: ``APIError``: 400 for malformed JSON, 413, 415 for a character set that is no UTF or a compressed body.
    static func object(_ request: Request, _ shape: ErrorShape) async throws -> JSONObject {
        let type = MediaType(request.headers[.contentType] ?? "")
        guard ["application/json", "text/plain", "application/x-www-form-urlencoded"].contains(type.essence) else {
            return [:]
        }
        // Compressed bytes would be called malformed JSON, and the client would look for the fault in its JSON.
        if let coding = request.headers[.contentEncoding]?.lowercased(), compressions.contains(coding) {
            throw APIError(.unsupportedMediaType, shape, "unsupported content encoding \"\(coding)\"")
        }
        let bytes = try await collect(request, shape)
        if bytes.isEmpty {
            if type.essence == "text/plain", request.headers[.contentLength] == "0" {
                throw APIError(.badRequest, shape, "The body is not valid JSON: it is empty.")
            }
            return [:]
        }
        if type.essence == "application/x-www-form-urlencoded" {
            guard let form = FormURLEncoded.decode(String(decoding: bytes, as: UTF8.self)) else {
                throw APIError(.contentTooLarge, shape, "The form has more than \(FormURLEncoded.limit) parameters.")
            }
            return form
        }
        let text = try utf8(bytes, type, shape)
        let value: JSONValue
        do {
            value = try JSONParser.parse(text, valueLimit: valueLimit)
        } catch  where error.reason == .tooManyValues {
            throw APIError(.contentTooLarge, shape, "The body has more than \(valueLimit) values.")
        } catch {
            throw APIError(.badRequest, shape, "The body is not valid JSON: \(error).")
        }
        switch value {
        case .object(let object): return hasOddText(text) ? object.storable : object
        case .array: return [:]
        default: throw APIError(.badRequest, shape, "The body must be a JSON object.")
        }
    }

    /// Whether a text of JSON may have what is changed before it is stored: marks, whose first byte is not below 0xCC, or a
    /// NUL or a mark that is escaped; unescaped NULs are malformed.
    private static func hasOddText(_ json: [UInt8]) -> Bool {
        if json.contains(where: { $0 >= 0xCC }) { return true }
        var rest = json[...]
        while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
            rest = rest[(escape + 1)...]
            if rest.first == UInt8(ascii: "u"), !rest.starts(with: "u00".utf8) || rest.starts(with: "u0000".utf8) {
                return true
            }
            rest = rest.dropFirst()
        }
        return false
    }

    /// Into an array at once: a second copy of a large body would be held beside its text.
    private static func collect(_ request: Request, _ shape: ErrorShape) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= sizeLimit else {
                throw APIError(.contentTooLarge, shape, "The body is larger than \(sizeLimit) bytes.")
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    /// The body as UTF-8; JSON may also come as UTF-16 or UTF-32.
    private static func utf8(_ bytes: [UInt8], _ type: MediaType, _ shape: ErrorShape) throws -> [UInt8] {
        let charset = type.charset ?? "utf-8"
        if charset == "utf-8" || charset == "utf8" || type.essence == "text/plain" {
            return bytes
        }
        let encodings: [String: String.Encoding] = [
            "utf-16": .utf16, "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian, "utf-32": .utf32,
            "utf-32le": .utf32LittleEndian, "utf-32be": .utf32BigEndian,
        ]
        guard let encoding = encodings[charset] else {
            throw APIError(.unsupportedMediaType, shape, "unsupported charset \"\(charset.uppercased())\"")
        }
        guard let text = String(data: Data(bytes), encoding: encoding) else {
            throw APIError(.badRequest, shape, "The body is not valid \(charset.uppercased()).")
        }
        return Array(text.utf8)
    }
}
