/// How a child process ended and what it wrote.
public struct ProcessResult: Sendable {
    /// The exit status; for a process that a signal ended, 128 plus the signal's number, as shells report it.
    public let status: Int32
    public let output: String
    public let errors: String

    /// The standard output without its last line break, if any.
    public var trimmedOutput: String {
        output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    public init(status: Int32, output: String, errors: String) {
        self.status = status
        self.output = output
        self.errors = errors
    }
}
