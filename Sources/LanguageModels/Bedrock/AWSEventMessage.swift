/// One message of an AWS event stream.
struct AWSEventMessage: Sendable, Equatable {
    /// The headers with text values, by name; other types carry nothing that is needed here.
    var headers: [String: String]
    var payload: [UInt8]

    /// `event`, `exception` or `error`.
    var kind: String { headers[":message-type"] ?? "" }
}
