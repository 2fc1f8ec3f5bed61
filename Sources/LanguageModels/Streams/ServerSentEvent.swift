/// One event of a `text/event-stream`.
struct ServerSentEvent: Sendable, Equatable {
    /// The `event` field; empty when the stream gave none, which means `message`.
    var name: String
    /// The `data` lines joined by line feeds, as bytes of UTF-8.
    var data: [UInt8]
}
