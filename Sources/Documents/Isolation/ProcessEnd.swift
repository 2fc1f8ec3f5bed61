/// How a converter program ended and what it wrote.
struct ProcessEnd: Sendable {
    enum Cause: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
        /// It was killed at its deadline.
        case late
        /// It was killed because it wrote more than it may.
        case tooMuchOutput
        /// It was killed because nobody waits for it any more.
        case cancelled
        case notStarted
    }

    var cause: Cause
    var output: [UInt8] = []
    /// The beginning of what it wrote to standard error.
    var errors = ""

    /// Whether the program got no more memory, by what it says then. The most memory that it had would be no measure:
    /// the kernel counts the server's own, from which it was started.
    var ranOutOfMemory: Bool {
        let errors = errors.lowercased()
        return ["out of memory", "bad_alloc", "allocate memory", "alloc fail"].contains { errors.contains($0) }
    }

    static let notStarted = ProcessEnd(cause: .notStarted)
}
