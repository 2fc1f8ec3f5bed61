/// Where a provider's interface is.
struct BaseAddress: Sendable {
    enum Form: Sendable {
        case asGiven
        /// Scheme, host and port of the setting, with this path instead of its own.
        case origin(path: String)
    }

    /// Setting that names it; nil when it cannot be chosen.
    var setting: String?
    /// Nil when the setting is required.
    var standard: String?
    var form = Form.asGiven
    /// What is said when the setting is required and unset.
    var missing = ""

    static func fixed(_ url: String, setting: String? = nil) -> BaseAddress {
        BaseAddress(setting: setting, standard: url)
    }

    static func required(_ setting: String, _ form: Form = .asGiven, missing: String) -> BaseAddress {
        BaseAddress(setting: setting, form: form, missing: missing)
    }

    /// - Throws: `notConfigured` with the words of contract/providers.md 3.1.
    func url(_ settings: ProviderSettings) throws(LanguageModelError) -> String {
        guard let given = setting.flatMap({ settings[$0] }) ?? standard else {
            throw LanguageModelError(.notConfigured, missing)
        }
        switch form {
        case .asGiven: return given
        case .origin(let path): return Self.origin(of: given) + path
        }
    }

    /// Scheme, host and port of an address; all of it when there is no scheme.
    static func origin(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(url[..<scheme.upperBound] + host)
    }
}
