import CIsolation

/// The text of a file that should be UTF-8 and may be something else.
///
/// UTF-8 with a few damaged bytes stays UTF-8. A file counts as being in another encoding when it begins with the byte
/// order mark of UTF-16 or UTF-32, when every second byte of its beginning is zero (UTF-16 without the mark), when it
/// switches character sets as ISO 2022 does, or when it has at least ``leastEvidence`` bytes that cannot be UTF-8, and
/// more of them than sequences that can; then uchardet says which, and iconv reads it, both in isolation.
enum TextEncoding {
    /// Less than this proves nothing.
    private static let leastEvidence = 4
    /// What is looked at to name the encoding, bytes.
    private static let sampleSize = 1 << 20

    static func text(of conversion: Conversion) async throws(ConversionRefusal) -> String {
        let bytes = conversion.file.bytes
        if conversion.tools.detectsEncodings, isForeign(bytes), let name = try await name(of: bytes, conversion) {
            let folder = try conversion.scratch()
            // Damaged, or named wrongly: then the text is as good as can be had from UTF-8.
            if let text = try? await conversion.output(
                of: .recoding, ["-f", name, "-t", "UTF-8", Conversion.input], in: folder, else: .processing)
            {
                return String(decoding: text, as: UTF8.self)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func name(
        of bytes: [UInt8], _ conversion: Conversion
    ) async throws(ConversionRefusal) -> String? {
        if let name = wideName(of: bytes) { return name }
        guard ConverterProgram.encoding.path != nil else { return nil }
        let folder = try ScratchFolder()
        try folder.write(Array(bytes.prefix(sampleSize)), to: Conversion.input)
        let answer = try await conversion.output(
            of: .encoding, [Conversion.input], in: folder, else: .processing)
        let name = String(decoding: answer, as: UTF8.self).filter { !$0.isWhitespace }
        let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return name.isEmpty || name == "unknown" || name == "UTF-8" || !isName ? nil : name
    }

    private static let marks: [([UInt8], String)] = [
        ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"), ([0xFF, 0xFE], "UTF-16"),
        ([0xFE, 0xFF], "UTF-16"),
    ]

    /// The encoding of units of several bytes; nil for others.
    private static func wideName(of bytes: [UInt8]) -> String? {
        if let mark = marks.first(where: { bytes.starts(with: $0.0) }) { return mark.1 }
        guard bytes.count >= leastEvidence, bytes.count.isMultiple(of: 2) else { return nil }
        let zeros = bytes.prefix(256).indices.filter { bytes[$0] == 0 }
        let odd = zeros.count { !$0.isMultiple(of: 2) }
        // What is mostly Latin has a zero in nearly every unit, and always on the same side.
        guard zeros.count * 3 > min(bytes.count, 256), odd == 0 || odd == zeros.count else { return nil }
        return odd == 0 ? "UTF-16BE" : "UTF-16LE"
    }

    /// The beginning of two-byte text in ISO-2022-JP, -KR and -CN.
    private static func hasEscapes(_ bytes: [UInt8]) -> Bool {
        let escape = Array("\u{1B}$".utf8)
        return carrel_contains(bytes, bytes.count, escape, escape.count)
    }

    private static func isForeign(_ bytes: [UInt8]) -> Bool {
        if wideName(of: bytes) != nil || hasEscapes(bytes) { return true }
        var (foreign, sequences) = (0, 0)
        var index = 0
        while index < bytes.count {
            let length = sequenceLength(bytes, at: index)
            if length > 1 { sequences += 1 }
            if length == 0 { foreign += 1 }
            index += max(1, length)
        }
        return foreign >= leastEvidence && foreign > sequences
    }

    /// Bytes of the UTF-8 sequence that begins here; 0 when none does.
    private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        let length =
            switch bytes[index] {
            case 0...0x7F: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 1 else { return length }
        guard index + length <= bytes.count else { return 0 }
        return bytes[(index + 1)..<(index + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
    }
}
