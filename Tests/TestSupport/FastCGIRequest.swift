/// A request as nginx would send it, for ``FastCGIClient``.
public struct FastCGIRequest: Sendable {
    public var parameters: [(String, String)]
    public var body: [UInt8]
    public var keepConnection: Bool

    /// - Parameters:
    ///   - parameters: added to the ones that method, path and body imply; a later value of a name does not win.
    public init(
        _ method: String = "GET", _ path: String, parameters: [(String, String)] = [], body: [UInt8] = [],
        keepConnection: Bool = true
    ) {
        self.parameters =
            parameters + [
                ("REQUEST_METHOD", method), ("REQUEST_URI", path), ("SERVER_NAME", "localhost"),
                ("CONTENT_LENGTH", body.isEmpty ? "" : String(body.count)),
            ]
        self.body = body
        self.keepConnection = keepConnection
    }

    /// The records before the body.
    public var head: [FastCGIRecord] {
        let stream = FastCGIRecord.encode(parameters: parameters)
        return [.begin(keepConnection: keepConnection)]
            + FastCGIRecord.stream(stream, type: FastCGIRecord.Kind.parameters)
    }
}
