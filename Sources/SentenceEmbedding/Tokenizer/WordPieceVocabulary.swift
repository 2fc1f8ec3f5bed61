/// The pieces of a WordPiece vocabulary with their ids, found by their UTF-8 bytes.
///
/// An open-addressing table over one array of bytes: a lookup makes no string. Pieces that continue a word ("##ing")
/// are stored without the mark and hashed from another seed.
struct WordPieceVocabulary: Sendable {
    private struct Entry: Sendable {
        var start: Int32
        var length: Int32
        /// -1 in an empty slot.
        var id: Int32
        var continues: Bool
    }

    /// Number of lines of the file, so ids are below it.
    let count: Int
    /// Bytes of the longest piece.
    let longestPiece: Int
    private var text: [UInt8] = []
    private var slots: [Entry]

    /// - Parameter file: `vocab.txt`: one piece a line, the id is the line's number from 0.
    init(_ file: some Collection<UInt8>) {
        var lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        count = lines.count
        var capacity = 16
        while capacity < 2 * lines.count { capacity *= 2 }
        slots = Array(repeating: Entry(start: 0, length: 0, id: -1, continues: false), count: capacity)
        var longest = 0
        let mark = Array("##".utf8)
        for (id, line) in lines.enumerated() {
            var piece = Array(line)
            if piece.last == UInt8(ascii: "\r") { piece.removeLast() }
            let continues = piece.count > mark.count && piece.starts(with: mark)
            if continues { piece.removeFirst(mark.count) }
            longest = max(longest, piece.count)
            Self.insert(piece[...], continues: continues, id: Int32(id), into: &slots, text: &text)
        }
        longestPiece = longest
    }

    private static func insert(
        _ piece: ArraySlice<UInt8>, continues: Bool, id: Int32, into slots: inout [Entry], text: inout [UInt8]
    ) {
        var hash = seed(continues: continues)
        for byte in piece { hash = extend(hash, byte) }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].id >= 0 {
            let entry = slots[slot]
            if entry.continues == continues, entry.length == piece.count,
                text[Int(entry.start)..<Int(entry.start + entry.length)].elementsEqual(piece)
            {
                // Of a piece that is there twice the last line counts, as in the dictionaries of other tokenizers.
                slots[slot].id = id
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Entry(start: Int32(text.count), length: Int32(piece.count), id: id, continues: continues)
        text.append(contentsOf: piece)
    }

    /// The id of a whole piece, e.g. "[CLS]".
    func id(of piece: String) -> Int32? {
        let bytes = Array(piece.utf8)
        var hash = Self.seed(continues: false)
        for byte in bytes { hash = Self.extend(hash, byte) }
        return find(bytes[...], hash: hash, continues: false)
    }

    /// - Parameter hash: ``seed(continues:)`` extended by every byte of the piece.
    func find(_ piece: ArraySlice<UInt8>, hash: UInt64, continues: Bool) -> Int32? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].id >= 0 {
            let entry = slots[slot]
            if entry.continues == continues, entry.length == piece.count,
                text[Int(entry.start)..<Int(entry.start + entry.length)].elementsEqual(piece)
            {
                return entry.id
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    static func seed(continues: Bool) -> UInt64 { continues ? 0x9E37_79B9_7F4A_7C15 : 0xCBF2_9CE4_8422_2325 }

    /// One step of a multiplicative hash; the shift brings the high bits, which the product mixes best, down to the
    /// bits that choose the slot.
    static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        let product = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        return product ^ (product >> 29)
    }
}
