/// The numbers of one tensor, row-major: a view into the mapped file, or a copy where the file is not aligned for
/// floats. Pointers into it are good only while it is kept alive.
final class FloatTensor: Sendable {
    /// nonisolated(unsafe): written only during initialisation, then read-only until `deinit`.
    nonisolated(unsafe) let values: UnsafeBufferPointer<Float>
    /// nil when the numbers are a copy that this object owns.
    private let file: MappedFile?

    init(file: MappedFile, range: Range<Int>) {
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
        let address = bytes.baseAddress.map { Int(bitPattern: $0) } ?? 0
        if address % MemoryLayout<Float>.alignment == 0 {
            self.file = file
            values = bytes.assumingMemoryBound(to: Float.self)
        } else {
            self.file = nil
            let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: bytes.count / MemoryLayout<Float>.stride)
            UnsafeMutableRawBufferPointer(copy).copyMemory(from: bytes)
            values = UnsafeBufferPointer(copy)
        }
    }

    /// The numbers in memory of their own.
    func copy() -> FloatBuffer {
        defer { withExtendedLifetime(self) {} }
        return FloatBuffer(copying: values)
    }

    deinit { if file == nil { values.deallocate() } }
}
