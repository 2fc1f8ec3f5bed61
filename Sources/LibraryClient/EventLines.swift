import OrderedJSON

/// The objects of an event stream of Carrel, in which each event is one line (`data: `, JSON).
struct EventLines {
    /// The beginning of a line whose end has not come.
    private var line: [UInt8] = []
    /// Bytes of a line that are kept; an event has a few hundred for each document in work.
    private static let limit = 1 << 20

    /// - Returns: the events that the bytes complete.
    mutating func append(_ bytes: some Sequence<UInt8>) -> [JSONValue] {
        var events: [JSONValue] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.limit { line.append(byte) }
                continue
            }
            // Empty lines and comments lie between the events.
            if line.starts(with: "data: ".utf8), let event = try? JSONParser.parse(line.dropFirst(6)) {
                events.append(event)
            }
            line.removeAll(keepingCapacity: true)
        }
        return events
    }
}
