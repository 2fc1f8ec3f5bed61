/// Why an exchange with a provider did not come to its end.
public enum HTTPFailure: Error, CustomStringConvertible {
    /// No connection, or it ended before the answer began; what the network said.
    case unreachable(String)
    /// The connection ended in the middle of the answer; what the network said.
    case interrupted(String)
    /// No connection within the time for it, or the caller's deadline has passed.
    case timedOut
    case cancelled

    public var description: String {
        switch self {
        case .unreachable(let reason), .interrupted(let reason): reason
        case .timedOut: "time is over"
        case .cancelled: "cancelled"
        }
    }
}
