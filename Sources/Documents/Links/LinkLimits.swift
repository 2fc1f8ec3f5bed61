/// How much a link may cost.
public struct LinkLimits: Sendable {
    /// Bytes of a page, unpacked. Its parsing takes time in proportion.
    public var pageBytes = 8 << 20
    /// Bytes of a file, unpacked.
    public var fileBytes = 256 << 20
    /// For the answer to HEAD (contract/documents.md 8.2).
    public var headTime = Duration.seconds(5)
    /// For each connection, and for the first bytes of a file (8.2).
    public var connectTime = Duration.seconds(10)
    /// For a page with all its redirects.
    public var pageTime = Duration.seconds(60)
    /// For a file with all its redirects.
    public var fileTime = Duration.seconds(300)
    public var redirects = 10
    /// Of the addresses of one host, so many are tried.
    public var addresses = 3

    public static let standard = LinkLimits()
}
