/// Text in whichever encoding its server or its author has chosen.
enum EncodedText {
    /// Reads `bytes` as browsers do (WHATWG HTML, "encoding sniffing"): a byte order mark decides, then the charset of
    /// the content type, then what the text says about itself in its first 1,024 bytes. A text that says nothing is
    /// UTF-8 if it can be, else windows-1252. What cannot be decoded becomes U+FFFD.
    ///
    /// - Parameter contentType: the header's value.
    static func decode(_ bytes: [UInt8], contentType: String?) -> String {
        for (mark, encoding) in marks where bytes.starts(with: mark) {
            return CharacterSetDecoder.decode(bytes.dropFirst(mark.count), from: encoding)
        }
        let label = contentType.flatMap { charset(in: Array($0.utf8)[...]) } ?? declared(in: bytes)
        if let label, let encoding = CharacterSetDecoder.encoding(label: label) {
            return CharacterSetDecoder.decode(bytes[...], from: encoding)
        }
        return String(validating: bytes, as: UTF8.self) ?? CharacterSetDecoder.decode(bytes[...], from: "WINDOWS-1252")
    }

    private static let marks: [([UInt8], String)] = [
        ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFE, 0xFF], "UTF-16BE"), ([0xFF, 0xFE], "UTF-16LE"),
    ]

    /// The label in `<meta charset=…>`, `<meta http-equiv content="…; charset=…">` or `<?xml encoding=…?>`.
    private static func declared(in bytes: [UInt8]) -> String? {
        let head = bytes.prefix(1_024).map(lowercased)
        if head.starts(with: "<?xml".utf8) {
            return charset(in: head.prefix { $0 != UInt8(ascii: ">") }, key: "encoding")
        }
        var rest = head[...]
        while let start = rest.firstRange(of: Array("<meta".utf8)) {
            rest = rest[start.upperBound...]
            let tag = rest.prefix { $0 != UInt8(ascii: ">") }
            // A text that can be read this far is no UTF-16, whatever it says.
            if let label = charset(in: tag) { return label.hasPrefix("utf-16") ? "utf-8" : label }
        }
        return nil
    }

    /// What stands behind `key=`, with or without quotes.
    private static func charset(in text: ArraySlice<UInt8>, key: String = "charset") -> String? {
        var rest = text.map(lowercased)[...]
        while let found = rest.firstRange(of: Array(key.utf8)) {
            rest = rest[found.upperBound...].drop { isSpace($0) }
            guard rest.first == UInt8(ascii: "=") else { continue }
            let value = rest.dropFirst().drop { isSpace($0) || isQuote($0) }
            let label = value.prefix {
                !isSpace($0) && !isQuote($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "/")
            }
            return label.isEmpty ? nil : String(decoding: label, as: UTF8.self)
        }
        return nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }
    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
}
