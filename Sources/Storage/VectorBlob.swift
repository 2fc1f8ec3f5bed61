import Foundation

/// Vectors as SQLite holds them: 32-bit floats, little-endian, one after the other.
enum VectorBlob {
    static func data(_ vector: [Float]) -> Data {
        vector.withUnsafeBytes { Data($0) }
    }

    static func vector(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
            count = bytes.count / 4
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * 4)]))
        }
    }
}

extension [UInt8] {
    var databaseBlob: Data { Data(self) }
}
