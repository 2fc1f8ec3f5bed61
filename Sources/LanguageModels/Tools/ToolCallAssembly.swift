import OrderedJSON

/// Puts tool calls together from the pieces in which a stream brings them, by their place in the answer.
struct ToolCallAssembly: Sendable {
    private struct Piece {
        var place: Int
        var call: ToolCall
        /// The provider has named the call.
        var hasID = false
    }

    private var pieces: [Piece] = []

    init() {}

    /// Calls in the order in which they began; those without a name are no calls.
    var calls: [ToolCall] { pieces.map(\.call).filter { !$0.name.isEmpty } }

    /// - Parameters:
    ///   - place: of the call in the answer. Some servers give all calls the same one: another id with a name is
    ///     another call then. Other servers give each piece an id of its own.
    ///   - id: empty or nil when the piece has none; the first one counts.
    ///   - arguments: the next piece of the arguments' text.
    ///   - extra: what the provider wants back with the call.
    mutating func add(
        place: Int, id: String? = nil, name: String? = nil, arguments: String? = nil, extra: JSONValue? = nil
    ) {
        let id = id.flatMap { $0.isEmpty ? nil : $0 }
        var index = pieces.lastIndex { $0.place == place } ?? pieces.count
        if name?.isEmpty == false, index < pieces.count, isOther(id, than: pieces[index]) { index = pieces.count }
        if index == pieces.count {
            let isFirst = !pieces.contains { $0.place == place }
            let own = isFirst ? "call_\(place)" : "call_\(place)_\(index)"
            pieces.append(Piece(place: place, call: ToolCall(id: own, name: "", argumentText: "")))
            if let id {
                pieces[index].call.id = id
                pieces[index].hasID = true
            }
        }
        if let name, pieces[index].call.name.isEmpty { pieces[index].call.name = name }
        pieces[index].call.argumentText += arguments ?? ""
        if let extra, !extra.isNull { pieces[index].call.extraContent = extra }
    }

    /// Whether a named piece of that id begins another call: it has another id, or that call is whole already.
    private func isOther(_ id: String?, than piece: Piece) -> Bool {
        if let id, piece.hasID { return piece.call.id != id }
        let arguments = try? JSONParser.parse(piece.call.argumentText)
        return !piece.call.name.isEmpty && arguments?.objectValue != nil
    }

    /// A call that comes whole.
    mutating func add(id: String?, name: String, arguments: String, extra: JSONValue? = nil) {
        let place = (pieces.map(\.place).max() ?? -1) + 1
        add(place: place, id: id, name: name, arguments: arguments, extra: extra)
    }
}
