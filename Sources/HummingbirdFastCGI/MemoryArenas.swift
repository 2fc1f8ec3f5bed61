import CFastCGI

/// The arenas of glibc's allocator: threads that meet in one get another, up to eight a core, and what is freed in one
/// serves no other. A pool of many threads then keeps several times the memory that it uses.
public enum MemoryArenas {
    /// Bounds the arenas of the process; called before it starts threads.
    public static func limit(to count: Int) { fcgi_shim_limit_arenas(Int32(clamping: count)) }
}
