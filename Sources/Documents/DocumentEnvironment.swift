public import Foundation

/// What the making of a document takes from outside: the clock, new identifiers, and a token counter.
public struct DocumentEnvironment: Sendable {
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// The zone in which `published` is written.
    public var timeZone: TimeZone
    /// A new UUID v4 in lower case.
    public var makeID: @Sendable () -> String
    /// `token_count_estimate` of a text (`contract/documents.md` 6.5).
    public var tokenEstimate: @Sendable (String) -> Int
    /// What foreign formats are converted with.
    public var tools: ConversionTools

    public init(
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) },
        timeZone: TimeZone = .current,
        makeID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() },
        tokenEstimate: @escaping @Sendable (String) -> Int,
        tools: ConversionTools = ConversionTools()
    ) {
        self.now = now
        self.timeZone = timeZone
        self.makeID = makeID
        self.tokenEstimate = tokenEstimate
        self.tools = tools
    }
}
