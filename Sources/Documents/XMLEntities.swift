import CIsolation

/// Whether XML declares entities, looked at before a parser sees it: office formats have none, and they could name files
/// or grow without end.
enum XMLEntities {
    /// - Returns: true also for a document whose encoding could hide a declaration, such as UTF-7, UTF-32 or EBCDIC, which
    ///   parsers know and office formats do not have.
    static func mayBeDeclared(in document: [UInt8]) -> Bool {
        let mark = Array("<!ENTITY".utf8)
        // In UTF-16 of either order, what lies between its first and its last byte is the same.
        let wide = mark.dropLast().flatMap { [$0, 0] as [UInt8] } + mark.suffix(1)
        return isHidden(document)
            || [mark, wide].contains { (mark: [UInt8]) in
                carrel_contains(document, document.count, mark, mark.count)
            }
    }

    /// Bytes in which the first line has to end.
    private static let headLength = 1_024

    /// Whether letters of ASCII are anything but themselves, in one byte each or in two.
    private static func isHidden(_ document: [UInt8]) -> Bool {
        guard let head = beginning(document[...].prefix(headLength)) else { return true }
        guard head.starts(with: "<?xml".utf8) else { return false }
        guard let end = head.firstRange(of: Array("?>".utf8)) else { return true }
        let parts = String(decoding: head[..<end.lowerBound].dropFirst("<?xml".utf8.count), as: UTF8.self)
            .lowercased().split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
            .map { $0.filter { !$0.isWhitespace } }
        // Names and values by turns, nothing behind the last value.
        return !zip(parts.indices, parts).allSatisfy { index, part in
            index % 2 == 0 ? names.contains(part) : isValue(part)
        }
    }

    private static let names: Set<String> = ["", "version=", "encoding=", "standalone="]

    private static func isValue(_ text: String) -> Bool {
        ["1.0", "1.1", "yes", "no", "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"].contains(
            text)
            || ["iso-8859-", "windows-125"].contains { text.hasPrefix($0) }
    }

    /// The first letters, one byte each; nil for what begins neither in UTF-8, or a sibling of it, nor in UTF-16.
    private static func beginning(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let isMarked = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
        let isWide = isMarked || bytes.prefix(2).contains(0)
        let rest = isMarked ? bytes.dropFirst(2) : bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard isWide else { return isStart(rest.first) ? Array(rest) : nil }
        // The byte that is zero in each letter of ASCII stands before or behind it.
        let first = rest.first == 0 ? 1 : 0
        let letters = rest.dropFirst(first).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        // In UTF-32 two more zeros would come before the next letter.
        return isStart(letters.first) && letters.dropFirst().first != 0 ? letters : nil
    }

    private static func isStart(_ byte: UInt8?) -> Bool {
        byte == nil || [UInt8(ascii: "<"), 0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }
}
