import Crypto
public import Foundation

/// SHA-256 of a content in lower-case hexadecimal: what tells a changed file from one that was only touched.
public enum ContentHash {
    private static let pieceSize = 1 << 20

    public static func of(_ bytes: Data) -> String { text(SHA256.hash(data: bytes)) }

    /// Reads the file piece by piece; one that is written meanwhile gives the hash of some state of it.
    ///
    /// - Throws: Foundation's error when it cannot be read.
    public static func of(file: URL) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }  // It was only read.
        var hash = SHA256()
        while let piece = try handle.read(upToCount: pieceSize), !piece.isEmpty { hash.update(data: piece) }
        return text(hash.finalize())
    }

    private static func text(_ digest: SHA256.Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
