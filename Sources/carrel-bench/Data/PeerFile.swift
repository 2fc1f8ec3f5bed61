import Foundation

/// A file of numbers for a peer: little-endian as this machine has them, row-major, without a head.
enum PeerFile {
    /// Copies nothing: a million vectors have 1.5 GB.
    static func write(_ numbers: [some BitwiseCopyable], to path: String) throws {
        try numbers.withUnsafeBytes { bytes in
            let data = bytes.baseAddress.map {
                Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: bytes.count, deallocator: .none)
            }
            try (data ?? Data()).write(to: URL(filePath: path))
        }
    }
}
