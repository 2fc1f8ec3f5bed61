/// Percent-encoding of RFC 3986: unreserved characters stay, everything else becomes `%XX`.
enum PercentEncoding {
    /// One segment of a path; a slash inside it is encoded too.
    static func segment(_ text: String) -> String { encoded(text, keeping: "-._~") }

    /// A path; its slashes stay.
    static func path(_ text: String) -> String { encoded(text, keeping: "-._~/") }

    private static func encoded(_ text: String, keeping marks: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                result.append(byte)
            case _ where marks.utf8.contains(byte):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
