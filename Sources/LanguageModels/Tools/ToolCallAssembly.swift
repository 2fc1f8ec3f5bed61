/// Puts tool calls together from the pieces in which a stream brings them, by their place in the answer.
struct ToolCallAssembly: Sendable {
    private var pieces: [(place: Int, call: ToolCall)] = []

    init() {}

    /// Calls in the order in which they began; those without a name are no calls.
    var calls: [ToolCall] { pieces.map(\.call).filter { !$0.name.isEmpty } }

    /// - Parameters:
    ///   - id: empty or nil when the piece has none; the first one counts.
    ///   - arguments: the next piece of the arguments' text.
    mutating func add(place: Int, id: String? = nil, name: String? = nil, arguments: String? = nil) {
        let index = pieces.firstIndex { $0.place == place } ?? pieces.count
        if index == pieces.count {
            pieces.append((place, ToolCall(id: "call_\(place)", name: "", argumentText: "")))
            if let id, !id.isEmpty { pieces[index].call.id = id }
        }
        if let name, pieces[index].call.name.isEmpty { pieces[index].call.name = name }
        pieces[index].call.argumentText += arguments ?? ""
    }

    /// A call that comes whole.
    mutating func add(id: String?, name: String, arguments: String) {
        let place = (pieces.map(\.place).max() ?? -1) + 1
        add(place: place, id: id, name: name, arguments: arguments)
    }
}
