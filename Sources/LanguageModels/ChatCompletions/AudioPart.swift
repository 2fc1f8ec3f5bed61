/// A sound as Chat Completions takes it (contract/chat.md 13.3).
struct AudioPart: Equatable {
    /// Base64: what comes after the last comma.
    let data: String
    /// The media type's subtype without `x-`, `mp3` for `mpeg` and `wav` for `wave`.
    let format: String

    /// - Returns: nil for what is not a sound.
    init?(_ attachment: ChatAttachment) {
        let prefix = "audio/"
        var type = attachment.mime.lowercased()
        if !type.hasPrefix(prefix) {
            let start = attachment.contentString.prefix(64).lowercased()
            guard start.hasPrefix("data:" + prefix) else { return nil }
            type = String(start.dropFirst("data:".count))
        }
        var subtype = type.dropFirst(prefix.count).prefix { $0 != ";" && $0 != "," }
        if subtype.hasPrefix("x-") { subtype = subtype.dropFirst(2) }
        switch subtype {
        case "mpeg": format = "mp3"
        case "wave": format = "wav"
        default: format = String(subtype)
        }
        data = String(attachment.contentString.split(separator: ",", omittingEmptySubsequences: false).last ?? "")
    }
}
