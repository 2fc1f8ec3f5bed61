/// Owned memory for floats, aligned to a cache line.
///
/// - Important: not synchronised; each buffer is either filled before it is shared or used by one thread only.
final class FloatBuffer: @unchecked Sendable {
    // @unchecked: packed weights are written before the encoder is shared; scratch belongs to one worker thread.
    let start: UnsafeMutablePointer<Float>
    let count: Int

    /// - Parameter count: number of floats; the content is undefined.
    init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    convenience init(copying values: UnsafeBufferPointer<Float>) {
        self.init(count: values.count)
        if let source = values.baseAddress { start.update(from: source, count: values.count) }
    }

    deinit { start.deallocate() }
}
