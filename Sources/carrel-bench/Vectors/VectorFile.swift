import Foundation

/// A file of vectors in the form of the TEXMEX collections (corpus-texmex.irisa.fr): each row is its length as a 32-bit
/// little-endian integer and then so many elements of 32 bits, floats in `.fvecs`, integers in `.ivecs`.
struct VectorFile<Element: BitwiseCopyable> {
    let dimensions: Int
    let count: Int
    private let data: Data
    private let rowBytes: Int

    /// - Throws: ``BenchmarkFailure`` when rows are of different lengths or the last one is cut; Foundation's error
    ///   when the file cannot be read.
    init(path: String) throws {
        precondition(MemoryLayout<Element>.size == 4)
        data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        guard data.count >= 4 else { throw BenchmarkFailure("\(path) holds no vector.") }
        let length = Int(Self.length(in: data, at: 0))
        guard length > 0 else { throw BenchmarkFailure("\(path): a vector of \(length) elements.") }
        rowBytes = 4 + 4 * length
        guard data.count % rowBytes == 0 else {
            throw BenchmarkFailure("\(path) is no whole number of rows of \(length) elements.")
        }
        dimensions = length
        count = data.count / rowBytes
        for row in 0..<count where Int(Self.length(in: data, at: row * rowBytes)) != length {
            throw BenchmarkFailure("\(path): row \(row) is not of \(length) elements.")
        }
    }

    /// Calls `body` with the bytes of a row's elements.
    func withBytes<Result>(_ row: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try data.withUnsafeBytes { bytes in
            try body(UnsafeRawBufferPointer(rebasing: bytes[row * rowBytes + 4..<(row + 1) * rowBytes]))
        }
    }

    /// Writes vectors, all of the same length.
    static func write(_ vectors: [[Element]], to path: String) throws {
        var data = Data()
        for vector in vectors {
            withUnsafeBytes(of: Int32(vector.count).littleEndian) { data.append(contentsOf: $0) }
            vector.withUnsafeBytes { data.append(contentsOf: $0) }
        }
        try data.write(to: URL(filePath: path))
    }

    func row(_ row: Int) -> [Element] {
        withBytes(row) { bytes in
            (0..<dimensions).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Element.self) }
        }
    }

    private static func length(in data: Data, at offset: Int) -> Int32 {
        data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Int32.self) }
    }
}
