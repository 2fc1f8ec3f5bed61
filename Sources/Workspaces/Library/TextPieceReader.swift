/// Reads a file of UTF-8 as texts of at most a megabyte, cut between scalars.
public struct TextPieceReader {
    /// The file is no UTF-8, or has a NUL, which the database takes for the end of a text.
    struct OtherEncoding: Error {}

    /// Bytes; the limit of the database's pieces.
    static let limit = 1_000_000

    private let file: SpooledFile
    private var offset = 0

    init(_ file: SpooledFile) { self.file = file }

    /// - Returns: nil at the end.
    /// - Throws: ``OtherEncoding``, ``SpooledFile/Failure``.
    public mutating func next() throws -> String? {
        var bytes = try file.bytes(at: offset, count: Self.limit)
        if bytes.isEmpty { return nil }
        if offset + bytes.count < file.size { bytes.removeLast(Self.openEnd(bytes)) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw OtherEncoding() }
        offset += bytes.count
        return text
    }

    /// How many bytes at the end begin a scalar that goes on behind them.
    private static func openEnd(_ bytes: [UInt8]) -> Int {
        for (count, byte) in bytes.reversed().prefix(4).enumerated() where byte & 0xC0 != 0x80 {
            let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            return length > count + 1 ? count + 1 : 0
        }
        return 0
    }
}
