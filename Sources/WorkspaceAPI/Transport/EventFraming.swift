import HTTPTypes
import NIOCore

/// How streams of events are sent: `data: `, one line of JSON and an empty line (contract/chat.md 15).
enum EventFraming {
    /// `X-Accel-Buffering` tells nginx not to buffer, in case its configuration does not.
    static var headers: HTTPFields {
        var headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-cache", .accessControlAllowOrigin: "*",
        ]
        if let buffering = HTTPField.Name("X-Accel-Buffering") { headers[buffering] = "no" }
        return headers
    }

    /// - Parameter json: compact, of one line.
    static func frame(_ json: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer(string: "data: ")
        buffer.writeBytes(json)
        buffer.writeString("\n\n")
        return buffer
    }
}
