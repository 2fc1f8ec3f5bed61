/// A setting that stops the start: key, value and rule.
struct SettingError: Error, CustomStringConvertible {
    let key: String
    /// Not shown for secrets.
    let value: String
    let rule: String

    var description: String { "\(key) is \"\(value)\", but must be \(rule)." }
}
