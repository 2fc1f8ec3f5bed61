/// Percent-encoding for the parts of a URL (WHATWG URL, "percent-encode sets").
enum URLEncoding {
    enum Part {
        case userinfo, path, query, fragment

        fileprivate var reserved: Set<UInt8> {
            switch self {
            case .userinfo: URLEncoding.userinfo
            case .path: URLEncoding.path
            case .query: URLEncoding.query
            case .fragment: URLEncoding.fragment
            }
        }
    }

    /// What is encoded already stays as it is.
    static func encode(_ text: some StringProtocol, for part: Part) -> String {
        let reserved = part.reserved
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x1F || byte > 0x7E || reserved.contains(byte) {
                bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes behind the escapes; an incomplete escape stands for itself.
    static func decode(_ text: some StringProtocol) -> [UInt8] {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
            (byte | 0x20) - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
    private static let fragment = Set(" \"<>`".utf8)
    private static let query = Set(" \"#<>'".utf8)
    private static let path = Set(" \"#<>?^`{}".utf8)
    private static let userinfo = path.union("/:;=@[\\]|".utf8)
}
