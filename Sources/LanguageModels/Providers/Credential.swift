import NIOHTTP1

/// The key of a provider and how it is sent.
struct Credential: Sendable {
    enum Form: Sendable {
        /// `Authorization: Bearer …`
        case bearer
        /// `x-api-key`, Anthropic.
        case xAPIKey
        /// `api-key`, Azure.
        case apiKey
    }

    let setting: String
    /// What is said when the key is unset; nil when the provider can do without.
    var missing: String?
    var form = Form.bearer

    static func required(_ setting: String, _ missing: String, _ form: Form = .bearer) -> Credential {
        Credential(setting: setting, missing: missing, form: form)
    }

    static func optional(_ setting: String) -> Credential { Credential(setting: setting) }

    /// Adds the key to the headers.
    ///
    /// - Throws: `notConfigured` with the words of contract/providers.md 3.1.
    func add(to headers: inout HTTPHeaders, _ settings: ProviderSettings) throws(LanguageModelError) {
        guard let key = settings[setting] else {
            if let missing { throw LanguageModelError(.notConfigured, missing) }
            return
        }
        switch form {
        case .bearer: headers.replaceOrAdd(name: "Authorization", value: "Bearer \(key)")
        case .xAPIKey: headers.replaceOrAdd(name: "x-api-key", value: key)
        case .apiKey: headers.replaceOrAdd(name: "api-key", value: key)
        }
    }
}
