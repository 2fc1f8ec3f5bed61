/// What ``ScriptedHTTPServer`` does with a request, step by step.
public enum ScriptedHTTPServerStep: Sendable {
    case send([UInt8])
    /// Goes on when the test opens the gate, or when the client is gone.
    case wait(ScriptedHTTPServerGate)
    /// Tells the test that the script has come this far.
    case open(ScriptedHTTPServerGate)
    /// Does nothing until the client is gone or the server stops.
    case stall
    /// Closes the connection.
    case close

    public static func send(_ text: String) -> ScriptedHTTPServerStep { .send(Array(text.utf8)) }
}

extension [ScriptedHTTPServerStep] {
    /// A whole answer with its length.
    public static func answer(
        status: Int = 200, type: String = "application/json", headers: String = "", body: String
    ) -> [ScriptedHTTPServerStep] {
        let head = "HTTP/1.1 \(status) Scripted\r\nContent-Type: \(type)\r\n\(headers)"
        return [.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)]
    }

    /// The head of a chunked event stream.
    public static let eventStreamHead: [ScriptedHTTPServerStep] = [
        .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    ]

    /// One HTTP chunk.
    public static func chunk(_ text: String) -> [ScriptedHTTPServerStep] {
        [.send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")]
    }

    /// The end of a chunked body.
    public static let lastChunk: [ScriptedHTTPServerStep] = [.send("0\r\n\r\n")]
}
