import Foundation

/// Conversion of old encodings into Unicode, by the C library.
enum CharacterSetDecoder {
    /// The C library's name of an encoding that web pages name (WHATWG Encoding, "names and labels"); nil for unknown ones.
    ///
    /// Some labels mean more than they say: pages that claim ISO-8859-1 are in windows-1252.
    static func encoding(label: String) -> String? {
        let name = label.lowercased()
        if let encoding = renamed[name] { return encoding }
        let isPlain = plain.contains { name.hasPrefix($0) } && name.utf8.allSatisfy { ($0 | 0x20) >= 0x2D }
        return isPlain ? name.uppercased() : nil
    }

    /// - Parameter encoding: a name that ``encoding(label:)`` gave. What the C library does not know is read as UTF-8.
    static func decode(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String {
        if encoding == "UTF-8" { return String(decoding: bytes, as: UTF8.self) }
        let converter = iconv_open("UTF-8", encoding)
        guard let converter, converter != iconv_t(bitPattern: -1) else { return String(decoding: bytes, as: UTF8.self) }
        defer { iconv_close(converter) }
        return String(decoding: convert(Array(bytes), with: converter), as: UTF8.self)
    }

    private static func convert(_ input: [UInt8], with converter: iconv_t) -> [UInt8] {
        var input = input.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        output.reserveCapacity(input.count + input.count / 2)
        var piece = [CChar](repeating: 0, count: 65_536)
        input.withUnsafeMutableBufferPointer { source in
            var next = source.baseAddress
            var left = source.count
            while left > 0 {
                let result = piece.withUnsafeMutableBufferPointer { target -> Int in
                    var end = target.baseAddress
                    var room = target.count
                    let result = iconv(converter, &next, &left, &end, &room)
                    output.append(contentsOf: UnsafeRawBufferPointer(target).prefix(target.count - room))
                    return result
                }
                if result == -1, errno != E2BIG {
                    // One bad byte, or a character that is cut off at the end.
                    output.append(contentsOf: "\u{FFFD}".utf8)
                    next = next?.advanced(by: 1)
                    left -= 1
                }
            }
        }
        return output
    }

    private static let plain = ["iso-8859-", "windows-125", "koi8-", "utf-16", "euc-jp", "iso-2022-jp", "big5"]

    private static let renamed = [
        "utf-8": "UTF-8", "utf8": "UTF-8", "unicode-1-1-utf-8": "UTF-8",
        "iso-8859-1": "WINDOWS-1252", "iso8859-1": "WINDOWS-1252", "latin1": "WINDOWS-1252", "l1": "WINDOWS-1252",
        "us-ascii": "WINDOWS-1252", "ascii": "WINDOWS-1252", "cp1252": "WINDOWS-1252", "x-cp1252": "WINDOWS-1252",
        "iso-8859-9": "WINDOWS-1254", "iso-8859-11": "WINDOWS-874", "tis-620": "WINDOWS-874",
        "latin2": "ISO-8859-2", "cp1250": "WINDOWS-1250", "cp1251": "WINDOWS-1251", "cp866": "CP866",
        "ibm866": "CP866", "koi8": "KOI8-R", "macintosh": "MACINTOSH", "mac": "MACINTOSH",
        "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "x-gbk": "GB18030", "chinese": "GB18030",
        "big5": "BIG5-HKSCS", "big5-hkscs": "BIG5-HKSCS", "x-x-big5": "BIG5-HKSCS",
        "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "x-sjis": "CP932", "windows-31j": "CP932",
        "ms_kanji": "CP932", "x-euc-jp": "EUC-JP",
        "euc-kr": "CP949", "ks_c_5601-1987": "CP949", "korean": "CP949", "windows-949": "CP949",
        "utf-16": "UTF-16LE", "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE", "unicode": "UTF-16LE",
    ]
}
