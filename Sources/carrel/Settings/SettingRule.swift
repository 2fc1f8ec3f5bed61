/// What the value of a setting must be.
enum SettingRule: Sendable {
    case text
    case path
    /// A whole number of the range.
    case integer(ClosedRange<Int>)
    case choice([String])
    /// `http://` or `https://`.
    case url
    /// `systemd`, `unix:/path` or `tcp:127.0.0.1:port`.
    case listenAddress
    /// Octal permission bits.
    case fileMode

    /// The rule in the words of a message and of the README.
    var description: String {
        switch self {
        case .text: "text"
        case .path: "a path"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
        case .url: "a URL that begins with http:// or https://"
        case .listenAddress: "`systemd`, `unix:/path` or `tcp:127.0.0.1:port`"
        case .fileMode: "an octal mode such as 660"
        }
    }

    func accepts(_ value: String) -> Bool {
        switch self {
        case .text: true
        case .path: !value.isEmpty
        case .integer(let range): Int(value).map(range.contains) ?? false
        case .choice(let words): words.contains(value)
        case .url: value.hasPrefix("http://") || value.hasPrefix("https://")
        case .listenAddress: ListenAddress.parse(value) != nil
        case .fileMode: Int(value, radix: 8).map((0...0o777).contains) ?? false
        }
    }
}
