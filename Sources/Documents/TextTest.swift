/// Whether a file without a converter of its own may be read as text (`contract/documents.md` 9.1).
enum TextTest {
    /// Extensions of known text types pass, those of programs, archives, models, sounds, films and fonts fail.
    /// Everything else, known picture and office formats included (quirk 8), is judged by its bytes.
    static func isText(_ bytes: [UInt8], fileExtension: String) -> Bool {
        let suffix = String(fileExtension.dropFirst())
        if MediaTypeTables.text.contains(suffix) { return true }
        if MediaTypeTables.refused.contains(suffix) { return false }
        return looksLikeText(bytes)
    }

    /// Less than a tenth of the first 1,024 bytes are control characters; a NUL counts twice. An empty file fails.
    static func looksLikeText(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(1_024)
        let controls = head.reduce(0) { count, byte in
            switch byte {
            case 0: count + 2
            case 0x01...0x08, 0x0B, 0x0C, 0x0E...0x1F: count + 1
            default: count
            }
        }
        return !head.isEmpty && controls * 10 < head.count
    }
}
