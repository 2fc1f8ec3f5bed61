/// A link to one video of YouTube (`contract/documents.md` 8.2).
struct VideoAddress: Equatable {
    let id: String

    /// Nil for all other links.
    init?(_ url: WebURL) {
        guard let id = Self.id(url), id.utf8.count == 11, id.utf8.allSatisfy({ Self.isIDByte($0) }) else { return nil }
        self.id = id
    }

    private static func id(_ url: WebURL) -> String? {
        if url.hostText == "youtu.be" { return url.path.first }
        guard hosts.contains(url.hostText), let kind = url.path.first else { return nil }
        if ["embed", "v", "shorts", "live"].contains(kind) { return url.path.dropFirst().first }
        guard kind == "watch" else { return nil }
        return url.query?.split(separator: "&").first { $0.hasPrefix("v=") }.map { String($0.dropFirst(2)) }
    }

    private static let hosts: Set<String> = ["youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"]

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
