/// An attachment taken apart: media type and base64 text, for wire forms that do not take data URIs.
struct AttachmentData: Sendable, Equatable {
    /// Small letters without parameters, such as `image/png`; empty when nobody said it.
    var mediaType: String
    /// The part after the last `base64,`, or all of it.
    var base64: String

    /// - Returns: nil for an address, which is not data.
    init?(_ attachment: ChatAttachment) {
        let content = attachment.contentString
        if content.hasPrefix("http://") || content.hasPrefix("https://") { return nil }
        let marker = "base64,"
        if let range = content.ranges(of: marker).last {
            base64 = String(content[range.upperBound...])
        } else {
            base64 = content
        }
        let declared =
            content.hasPrefix("data:") ? content.dropFirst("data:".count).prefix { $0 != ";" && $0 != "," } : ""
        let type = attachment.mime.isEmpty ? String(declared) : attachment.mime
        mediaType = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }

    var isAudio: Bool { mediaType.hasPrefix("audio/") }
}
