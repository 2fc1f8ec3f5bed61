/// Reads the text of `CARREL_LISTEN`.
enum ListenAddress: Equatable {
    case systemd
    case unix(path: String)
    case tcp(host: String, port: UInt16)

    static func parse(_ text: String) -> ListenAddress? {
        if text == "systemd" { return .systemd }
        if text.hasPrefix("unix:/") { return .unix(path: String(text.dropFirst("unix:".count))) }
        guard text.hasPrefix("tcp:"), let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        let host = text.dropFirst("tcp:".count)[..<colon].trimmingBrackets
        // FastCGI has no access control, so the transport refuses every other host too.
        guard host == "localhost" || host == "::1" || host.hasPrefix("127.") else { return nil }
        return .tcp(host: host, port: port)
    }
}

extension Substring {
    /// An IPv6 address without the brackets that set it apart from the port.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : String(self)
    }
}
