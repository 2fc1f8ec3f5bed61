/// The first 128 bytes of a snapshot file: sixteen 64-bit words in the machine's byte order, the last a checksum of the
/// others.
///
/// Behind it lie the table of checksums (one word per section), the bitmap of dead rows, and the segments, each with
/// the parts of a ``SegmentLayout`` whose capacity is the number of its rows. Every section is padded with zeros to a
/// multiple of 64 bytes, and its checksum covers the padding, so that no byte of the file is without one.
struct SnapshotHeader: Equatable {
    /// "CarrelVX" read as a little-endian number, so that another byte order shows at once.
    static let magic: UInt64 = 0x5856_6C65_7272_6143
    static let version: UInt64 = 1
    static let wordCount = 16
    static let byteCount = wordCount * 8
    /// Row numbers are 32-bit and one bit is spare; nobody has vectors of a million elements.
    private static let mostRows: UInt64 = 1 << 31
    private static let mostDimensions: UInt64 = 1 << 20

    var dimensions: Int
    var generation: UInt64
    var count: Int
    var linked: Int
    /// Row number + 1.
    var entry: UInt32
    var deadCount: Int
    var tableChecksum: UInt64 = 0

    /// Rows of each segment.
    var segmentRows: [Int] {
        stride(from: 0, to: count, by: SegmentLayout.fullCapacity).map { min(SegmentLayout.fullCapacity, count - $0) }
    }

    var layouts: [SegmentLayout] { segmentRows.map { SegmentLayout(capacity: $0, dimensions: dimensions) } }

    /// The bitmap of dead rows and every part of every segment.
    var sectionCount: Int { 1 + segmentRows.count * SegmentLayout.Part.allCases.count }

    var tableExtent: Int { Self.padded(sectionCount * 8) }

    var deadExtent: Int { Self.padded((count + 63) / 64 * 8) }

    /// Where the first segment begins.
    var segmentsOffset: Int { Self.byteCount + tableExtent + deadExtent }

    var fileLength: Int { layouts.reduce(segmentsOffset) { $0 + $1.byteCount } }

    static func padded(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

    var words: [UInt64] {
        var words: [UInt64] = [
            Self.magic, Self.version, UInt64(dimensions), generation, UInt64(count), UInt64(linked), UInt64(entry),
            UInt64(deadCount), UInt64(fileLength), tableChecksum,
        ]
        words += Array(repeating: 0, count: Self.wordCount - 1 - words.count)
        return words + [Self.checksum(words)]
    }

    /// - Parameter words: the header as read.
    /// - Throws: `notASnapshot`, `damaged`, `wrongVersion`.
    static func parse(_ words: [UInt64]) throws(SnapshotFileError) -> SnapshotHeader {
        guard words.count == wordCount, words[0] == magic else { throw .notASnapshot }
        guard checksum(Array(words.dropLast())) == words.last else { throw .damaged(part: "header") }
        guard words[1] == version else { throw .wrongVersion(expected: version, found: words[1]) }
        guard words[2] < mostDimensions, words[4] < mostRows, words[5] <= words[4], words[6] <= words[5],
            words[7] <= words[4], words[2] > 0 || words[4] == 0, (words[6] > 0) == (words[5] > 0)
        else { throw .damaged(part: "numbers of the header") }
        let header = SnapshotHeader(
            dimensions: Int(words[2]), generation: words[3], count: Int(words[4]), linked: Int(words[5]),
            entry: UInt32(words[6]), deadCount: Int(words[7]), tableChecksum: words[9])
        guard UInt64(header.fileLength) == words[8] else { throw .damaged(part: "length in the header") }
        return header
    }

    private static func checksum(_ words: [UInt64]) -> UInt64 { Checksum.of(words) }
}
