import HTTPTypes

/// The header block of a CGI response (RFC 3875, section 6.2): `Status`, the fields, an empty line.
///
/// Nothing is escaped here: HTTPTypes has replaced line breaks in values and reason phrases when they were set.
enum CGIResponseHead {
    /// Bytes to which libfcgi fills a record up.
    private static let recordAlignment = 8

    /// - Parameter leavesAlone: the block is sent before the body has begun. Then it is filled up with spaces behind the
    ///   last field, so that its record needs no padding: nginx takes bytes behind a head for body, and holds the head
    ///   back until there is more to send with it.
    static func encode(_ head: HTTPResponse, leavesAlone: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        append("Status: ", to: &bytes)
        append(String(head.status.code), to: &bytes)
        bytes.append(UInt8(ascii: " "))
        append(head.status.reasonPhrase, to: &bytes)
        for field in head.headerFields {
            append("\r\n", to: &bytes)
            append(field.name.rawName, to: &bytes)
            append(": ", to: &bytes)
            field.withUnsafeBytesOfValue { bytes.append(contentsOf: $0) }
        }
        let end = "\r\n\r\n"
        if leavesAlone {
            let excess = (bytes.count + end.utf8.count) % recordAlignment
            if excess > 0 { append(String(repeating: " ", count: recordAlignment - excess), to: &bytes) }
        }
        append(end, to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
    }
}

extension HTTPFields {
    /// Whether each write goes to the client at once and a hang-up cancels the handler: an event stream, or any
    /// response that says `X-Accel-Buffering: no`, nginx's own word for "do not buffer this".
    var announceStream: Bool {
        // One pass without building strings, because every response comes through here.
        contains { field in
            switch field.name.canonicalName.utf8.count {
            case 12 where field.name == .contentType: Self.value(of: field, begins: "text/event-stream")
            case 17 where field.name == .accelBuffering: Self.value(of: field, begins: "no")
            default: false
            }
        }
    }

    private static func value(of field: HTTPField, begins prefix: StaticString) -> Bool {
        field.withUnsafeBytesOfValue { value in
            value.count >= prefix.utf8CodeUnitCount
                && (0..<prefix.utf8CodeUnitCount).allSatisfy { value[$0] | 0x20 == prefix.utf8Start[$0] | 0x20 }
        }
    }
}

extension HTTPField.Name {
    /// `X-Accel-Buffering`, read by nginx and not sent to the client.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")
}
