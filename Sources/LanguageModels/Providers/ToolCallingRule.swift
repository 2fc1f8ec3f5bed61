/// Whether a provider's models call tools natively (contract/chat.md 6.1).
enum ToolCallingRule: Sendable {
    case always
    case never
    /// The provider's list says; this holds when it does not.
    case listed(else: Bool)
    /// Models whose names begin like this.
    case models([String])
    /// All models but those whose names begin like this.
    case allBut([String])

    func allows(_ model: String, _ lookup: ModelLookup) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .listed(let standard): lookup.model?.callsTools ?? standard
        case .models(let names): names.contains { model.hasPrefix($0) }
        case .allBut(let names): !names.contains { model.hasPrefix($0) }
        }
    }
}
