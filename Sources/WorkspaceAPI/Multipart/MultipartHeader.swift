/// Reads the header lines of one part (RFC 7578 section 4.2, RFC 5322 section 2.2).
enum MultipartHeader {
    /// - Parameter block: the header lines, each ended by CRLF.
    /// - Returns: nil for a part that is no form data and is to be skipped.
    static func part(from block: [UInt8]) throws(MultipartError) -> MultipartPart? {
        var fields: [String: ArraySlice<UInt8>] = [:]
        for line in unfolded(block) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(isTokenByte)
            else { throw .malformedPartHeader }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            if fields[name] == nil { fields[name] = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 } }
        }
        guard let disposition = fields["content-disposition"].map(HeaderParameters.init),
            disposition.value == "form-data"
        else { return nil }
        return MultipartPart(name: disposition["name"], fileName: disposition["filename"])
    }

    /// Lines without their ends; a line that begins with white space continues the one before.
    private static func unfolded(_ block: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        for line in block.split(separator: 0x0A) {
            let line = line.last == 0x0D ? line.dropLast() : line
            if let first = line.first, first == 0x20 || first == 0x09, let last = lines.popLast() {
                lines.append(last + line)
            } else if !line.isEmpty {
                lines.append(line)
            }
        }
        return lines
    }

    /// `tchar` of RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
