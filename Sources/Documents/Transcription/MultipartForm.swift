import Foundation
import NIOCore

/// A body of type `multipart/form-data` (RFC 7578).
struct MultipartForm {
    /// No content has it: it is made of random bits.
    private let boundary = "carrel-" + UUID().uuidString

    var contentType: String { "multipart/form-data; boundary=" + boundary }

    func write(field: String, _ value: String, to body: inout ByteBuffer) {
        body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n")
    }

    func write(file field: String, name: String, _ content: [UInt8], to body: inout ByteBuffer) {
        let disposition = "form-data; name=\"\(field)\"; filename=\"\(Self.escaped(name))\""
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: \(disposition)\r\nContent-Type: application/octet-stream\r\n\r\n")
        body.writeBytes(content)
        body.writeString("\r\n")
    }

    func end(_ body: inout ByteBuffer) { body.writeString("--\(boundary)--\r\n") }

    /// As browsers write names (WHATWG HTML, "multipart/form-data encoding algorithm").
    private static func escaped(_ name: String) -> String {
        name.replacing("\"", with: "%22").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }
}
