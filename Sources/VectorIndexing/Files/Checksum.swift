import CKernels

/// `ck_checksum` for Swift's forms of memory.
enum Checksum {
    static func of(_ words: [UInt64]) -> UInt64 { ck_checksum(words, words.count * MemoryLayout<UInt64>.stride) }

    static func of(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 { ck_checksum(start, count) }
}
