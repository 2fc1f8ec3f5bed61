import Glibc

/// The number of open files that this process and its children may have.
enum DescriptorLimit {
    /// Raises the soft limit to the hard one.
    ///
    /// - Throws: ``BenchmarkFailure`` when that is less than `needed`.
    static func raise(to needed: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_max >= UInt(needed) else {
            throw BenchmarkFailure(
                "\(needed) open files are needed and \(limit.rlim_max) allowed: raise `ulimit -Hn`, or use fewer --streams."
            )
        }
    }
}
