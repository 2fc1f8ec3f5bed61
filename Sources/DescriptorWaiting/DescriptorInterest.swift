/// A descriptor and the events of `poll` that are waited for.
public struct DescriptorInterest: Sendable {
    public var descriptor: Int32
    /// `POLLIN`, `POLLOUT` or both; errors and hang-ups are always reported.
    public var events: Int16

    public init(_ descriptor: Int32, _ events: Int16) {
        self.descriptor = descriptor
        self.events = events
    }
}
