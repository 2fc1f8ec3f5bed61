import OrderedJSON

/// The events of a streamed answer, read as strictly as contract/chat.md 15.1 says how they are written.
struct WireEvents {
    struct Malformed: Error {
        let reason: String
        let text: String
    }

    let events: [JSONValue]

    /// - Throws: ``Malformed`` for anything but `data: `, one line of compact JSON and two line feeds, repeated.
    init(_ body: String) throws {
        if body.utf8.contains(13) { throw Malformed(reason: "a carriage return", text: body) }
        guard body.isEmpty || body.hasSuffix("\n\n") else { throw Malformed(reason: "an open end", text: body) }
        events = try body.split(separator: "\n\n", omittingEmptySubsequences: false).dropLast().map { frame in
            guard frame.hasPrefix("data: ") else { throw Malformed(reason: "no data line", text: String(frame)) }
            let line = String(frame.dropFirst("data: ".count))
            let json = try JSONParser.parse(line)
            // Compact, unescaped and in the order of its keys: written again it is the same.
            guard json.text == line, json.objectValue != nil else {
                throw Malformed(reason: "other JSON than ours", text: line)
            }
            return json
        }
    }

    var types: [String] { events.map { $0["type"]?.stringValue ?? "" } }

    /// The answer's text, put together.
    var text: String {
        events.filter { $0["type"] == "textResponseChunk" }.compactMap { $0["textResponse"]?.stringValue }.joined()
    }

    /// The sources that the last event names.
    var sources: [JSONValue] { events.last?["sources"]?.arrayValue ?? [] }
}
