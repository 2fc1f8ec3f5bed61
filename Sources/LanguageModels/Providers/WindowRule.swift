/// How large a model's window is: what the instance sets, what the provider says, what is known, in this order
/// (contract/providers.md 3.2, column "Context window").
struct WindowRule: Sendable {
    /// Setting with the window in tokens; it caps what the provider says.
    var setting: String?
    /// Caps what the provider says when the setting is unset: local servers reserve memory for all of it.
    var unsetCap: Int?
    /// By the beginning of the model's name; the longest that fits counts.
    var table: KnownWindows.Table = []
    /// When the provider's list does not have the model; nil means the table.
    var unlisted: Int?
    /// When nothing is known.
    let fallback: Int

    static func setting(_ name: String, else fallback: Int) -> WindowRule {
        WindowRule(setting: name, fallback: fallback)
    }

    static func table(_ table: KnownWindows.Table, else fallback: Int) -> WindowRule {
        WindowRule(table: table, fallback: fallback)
    }

    /// - Returns: tokens, or nil when the setting is no number.
    func tokens(of model: String?, settings: ProviderSettings, listing: ModelLookup) -> Int? {
        var limit: Int?
        if let setting, settings[setting] != nil {
            guard let tokens = settings.tokens(setting) else { return nil }
            limit = tokens
        }
        switch listing {
        case .listed(let listed):
            if let window = listed.window { return min(window, limit ?? unsetCap ?? window) }
        case .unlisted:
            if let unlisted { return min(unlisted, limit ?? unlisted) }
        case .unavailable: break
        }
        return limit ?? KnownWindows.tokens(model ?? "", table) ?? fallback
    }
}
