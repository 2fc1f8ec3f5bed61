/// Turns the bytes of a `text/event-stream`, in any pieces, into events.
///
/// A state machine without I/O. Lines end with CRLF, LF or CR; comments and unknown fields are dropped; several
/// `data` lines make one event. Bytes are decoded only when an event is whole, so a character may be cut anywhere.
/// Beyond the standard, an event that the stream ends without its blank line still counts: providers forget the
/// blank line after `[DONE]`. And a field `error` is an event of that name with its value as data: so llama.cpp's server
/// writes what went wrong (`server_sent_event` in its utils.hpp).
/// Source: WHATWG HTML, section 9.2 "Server-sent events", interpretation of an event stream.
struct ServerSentEventParser: StreamFraming {
    /// An event larger than this is a fault of the provider; an answer's piece has a few hundred bytes.
    static let maximumEventLength = 8 * 1024 * 1024

    private let limit: Int
    /// The beginning of a line whose end has not come.
    private var line: [UInt8] = []
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false
    /// A CR ended the last line; an LF directly after it belongs to it.
    private var skipsLineFeed = false
    private var isAtStart = true

    init(maximumEventLength: Int = Self.maximumEventLength) { limit = maximumEventLength }

    mutating func append(
        _ bytes: some Sequence<UInt8>, into events: inout [ServerSentEvent]
    ) throws(LanguageModelError) {
        for byte in bytes {
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == UInt8(ascii: "\n") { continue }
            }
            switch byte {
            case UInt8(ascii: "\n"):
                endLine(into: &events)
            case UInt8(ascii: "\r"):
                skipsLineFeed = true
                endLine(into: &events)
            default:
                guard line.count + data.count < limit else { throw tooLong }
                line.append(byte)
            }
        }
    }

    mutating func finish() -> ServerSentEvent? {
        var events: [ServerSentEvent] = []
        if !line.isEmpty { endLine(into: &events) }
        dispatch(into: &events)
        return events.first
    }

    private var tooLong: LanguageModelError {
        LanguageModelError(.malformedAnswer, "The provider sent an event of more than \(limit) bytes.")
    }

    private mutating func endLine(into events: inout [ServerSentEvent]) {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return dispatch(into: &events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        if colon == 0 { return }
        let field = line[..<(colon ?? line.endIndex)]
        var value = line[(colon.map { $0 + 1 } ?? line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if field.elementsEqual("data".utf8) {
            if hasData { data.append(UInt8(ascii: "\n")) }
            data.append(contentsOf: value)
            hasData = true
        } else if field.elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        } else if field.elementsEqual("error".utf8), !value.isEmpty {
            name = "error"
            data = Array(value)
            hasData = true
        }
    }

    private mutating func dispatch(into events: inout [ServerSentEvent]) {
        if hasData { events.append(ServerSentEvent(name: name, data: data)) }
        name = ""
        data.removeAll(keepingCapacity: true)
        hasData = false
    }
}
