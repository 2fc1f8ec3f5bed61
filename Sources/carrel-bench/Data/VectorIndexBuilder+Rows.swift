import VectorIndexing

extension VectorIndexBuilder {
    /// - Parameter rows: shape (count, ``ClusteredVectors/dimensions``), row-major; ten rows are one document.
    convenience init(rows: [Float]) throws {
        let count = rows.count / ClusteredVectors.dimensions
        self.init(expectedCount: count)
        let length = ClusteredVectors.dimensions * MemoryLayout<Float>.stride
        try rows.withUnsafeBytes { bytes in
            for row in 0..<count {
                try append(
                    id: Int64(row), document: Int64(row / 10),
                    bytes: UnsafeRawBufferPointer(rebasing: bytes[row * length..<(row + 1) * length]))
            }
        }
    }
}
