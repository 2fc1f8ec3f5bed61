/// Extra request headers as a setting writes them: `Name:value` pairs separated by commas, each split at its first
/// colon (contract/chat.md 13.2).
enum CustomHeaders {
    /// Pairs without a colon, with a name that is no token of RFC 9110, or with control characters are left out,
    /// because one bad header would make every request fail.
    static func parse(_ setting: String) -> [(name: String, value: String)] {
        setting.split(separator: ",").compactMap { pair in
            guard let colon = pair.firstIndex(of: ":") else { return nil }
            let name = trimmed(pair[..<colon])
            let value = trimmed(pair[pair.index(after: colon)...])
            let isSound = !name.isEmpty && name.utf8.allSatisfy(isTokenByte) && !value.utf8.contains { $0 < 0x20 }
            return isSound ? (name, value) : nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
