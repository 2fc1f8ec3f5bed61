/// An address of the web, parsed and written as browsers do it (WHATWG URL standard) as far as `http` and `https` go.
///
/// Being strict about the form here is what makes the checks of hosts and addresses worth anything: `http://0x7f.1`,
/// `http://2130706433` and `http://１２７.0.0.1` are all 127.0.0.1 before anybody looks.
public struct WebURL: Sendable, Hashable {
    public enum Scheme: String, Sendable {
        case http, https

        var port: Int { self == .http ? 80 : 443 }
    }

    public enum Host: Sendable, Hashable {
        /// In ASCII and small letters.
        case domain(String)
        case address(IPAddress)
    }

    public internal(set) var scheme: Scheme
    /// Percent-encoded; empty for none.
    var user = ""
    var password = ""
    public internal(set) var host: Host
    /// Nil for the scheme's own.
    public internal(set) var port: Int?
    /// Percent-encoded, without the slashes in front; there is always one.
    var path: [String] = [""]
    var query: String?
    var fragment: String?

    /// The port that is connected to.
    var effectivePort: Int { port ?? scheme.port }

    /// As the host stands in a URL, brackets included.
    var hostText: String {
        switch host {
        case .domain(let name): name
        case .address(let address):
            if case .v6 = address { "[\(address)]" } else { address.description }
        }
    }

    /// Host, and port when it is not the scheme's own: what the `Host` header says.
    var authority: String { hostText + (port.map { ":\($0)" } ?? "") }

    /// With a slash in front.
    var pathText: String { "/" + path.joined(separator: "/") }

    /// What a request asks a server for.
    var requestTarget: String { pathText + (query.map { "?" + $0 } ?? "") }

    /// The same address without what is only for the browser or secret: no name, password or fragment.
    var withoutUserAndFragment: WebURL {
        var url = self
        (url.user, url.password, url.fragment) = ("", "", nil)
        return url
    }

    /// Scheme, host and port: what may see the same secrets.
    func hasSameOrigin(as other: WebURL) -> Bool {
        scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
    }
}

extension WebURL: CustomStringConvertible {
    public var description: String {
        let secret = password.isEmpty ? "" : ":" + password
        let userinfo = user.isEmpty && password.isEmpty ? "" : user + secret + "@"
        return scheme.rawValue + "://" + userinfo + authority + requestTarget + (fragment.map { "#" + $0 } ?? "")
    }
}
