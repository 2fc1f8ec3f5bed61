/// One setting: what it is called, what it may be and what it is for.
struct SettingDeclaration: Sendable {
    let key: String
    let rule: SettingRule
    /// Nil when the setting may be absent.
    let standard: String?
    let isSecret: Bool
    let purpose: String

    init(
        _ key: String, _ rule: SettingRule, default standard: String? = nil, secret isSecret: Bool = false,
        _ purpose: String
    ) {
        self.key = key
        self.rule = rule
        self.standard = standard
        self.isSecret = isSecret
        self.purpose = purpose
    }
}
