public import Logging

/// Settings of a ``FastCGIServer``. Every default suits one nginx on the same machine.
public struct FastCGIServerConfiguration: Sendable {
    /// Where connections are accepted.
    public var address: FastCGIListenAddress
    /// Length of the accept queue, in connections, for a socket the server creates. When it is full, connecting to a
    /// unix socket fails and nginx answers 502.
    public var backlog: Int32 = 4096
    /// Threads that are always there, 1 or more.
    public var minThreads = 8
    /// Upper bound of threads, and so of requests and open streams at once; `minThreads` or more.
    public var maxThreads = 1024
    /// How a saturation warning names `maxThreads`: the key under which the program's users set it.
    public var maxThreadsName = "maxThreads"
    /// A thread above `minThreads` ends after it has been idle this long.
    public var idleTimeout: Duration = .seconds(30)
    /// Stack of one thread in bytes, 65,536 or more. Only touched pages become resident.
    public var stackSize = 512 * 1024
    /// How long requests may go on after a graceful shutdown begins, before streams are cancelled.
    public var drainTimeout: Duration = .seconds(20)
    /// How long cancelled handlers may take to write their last event before their connections are shut down, and
    /// after that to return.
    public var cancellationGrace: Duration = .seconds(2)
    /// Receives warnings of the pool, and is the parent of each request's logger.
    public var logger: Logger

    public init(address: FastCGIListenAddress, logger: Logger) {
        self.address = address
        self.logger = logger
    }

    /// - Throws: ``FastCGIError/invalidConfiguration(setting:value:rule:)``, naming the first broken rule.
    func validate() throws(FastCGIError) {
        try require(minThreads >= 1, "minThreads", minThreads, "1 or more")
        try require(maxThreads >= minThreads, maxThreadsName, maxThreads, "minThreads (\(minThreads)) or more")
        try require(maxThreads <= 65_536, maxThreadsName, maxThreads, "65536 or less")
        try require(backlog >= 1, "backlog", backlog, "1 or more")
        try require((65_536...1 << 30).contains(stackSize), "stackSize", stackSize, "65536 to 1073741824 bytes")
        try require(idleTimeout >= .zero, "idleTimeout", idleTimeout, "0 or more")
        try require(drainTimeout >= .zero, "drainTimeout", drainTimeout, "0 or more")
        try require(cancellationGrace >= .zero, "cancellationGrace", cancellationGrace, "0 or more")
    }

    private func require(
        _ holds: Bool, _ setting: String, _ value: some CustomStringConvertible, _ rule: String
    ) throws(FastCGIError) {
        if !holds { throw .invalidConfiguration(setting: setting, value: value.description, rule: rule) }
    }
}
