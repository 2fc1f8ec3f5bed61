/// Which model of a provider is asked.
struct ModelRule: Sendable {
    /// Settings that name the preferred model; the first one that is set counts.
    var settings: [String] = []
    var standard: String?
    /// What is said when no model is chosen and there is no standard; nil asks the provider without a name.
    var missing: String?
    /// The provider has one model only, whatever a workspace asks for.
    var ignoresWorkspace = false
    /// The models that are known to answer chats, and how others are refused.
    var check: Check?

    /// `<label>: <model> is not valid for chat completion!`
    struct Check: Sendable {
        var label: String
        /// Of streamed answers, when it differs.
        var streamLabel: String?
        /// Nil: the provider's own list says which.
        var names: [String]?
    }

    func name(_ workspaceModel: String?, _ settings: ProviderSettings) -> String? {
        if !ignoresWorkspace, let workspaceModel, !workspaceModel.isEmpty { return workspaceModel }
        return self.settings.lazy.compactMap { settings[$0] }.first ?? standard
    }
}
