import Glibc

/// Owned memory for numbers, aligned to a cache line; the content is undefined until it is written.
///
/// Large buffers are mappings of their own, so that what a model or a long batch needed goes back to the system when it is
/// released instead of staying in the allocator's heap.
///
/// - Important: not synchronised; each buffer is either filled before it is shared or used by one thread only.
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    // @unchecked: packed weights are written before the encoder is shared; scratch belongs to one worker thread.
    let start: UnsafeMutablePointer<Element>
    let count: Int
    /// Bytes of the mapping; 0 when the memory comes from the allocator.
    private let mappedBytes: Int

    private static var mappedFrom: Int { 1 << 18 }

    init(count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Element>.stride
        if bytes >= Self.mappedFrom,
            let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            address != MAP_FAILED
        {
            mappedBytes = bytes
            start = address.bindMemory(to: Element.self, capacity: max(count, 1))
        } else {
            mappedBytes = 0
            start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
                .bindMemory(to: Element.self, capacity: max(count, 1))
        }
    }

    convenience init(copying values: UnsafeBufferPointer<Element>) {
        self.init(count: values.count)
        if let source = values.baseAddress { start.update(from: source, count: values.count) }
    }

    /// The first number; the buffer must have one.
    var first: Element { start.pointee }

    deinit {
        if mappedBytes > 0 { munmap(start, mappedBytes) } else { UnsafeMutableRawPointer(start).deallocate() }
    }
}

typealias FloatBuffer = AlignedBuffer<Float>
