import Foundation

extension WebURL {
    /// Why a text gives no address of the web.
    enum Flaw: Error, Equatable {
        case notAURL
        /// It is a URL, but neither `http` nor `https`.
        case otherScheme(String)
    }

    /// Parses `text`, relative to `base` when there is one.
    init(parsing text: String, base: WebURL? = nil) throws(Flaw) {
        let trimmed = Self.withoutControls(text)
        let (scheme, rest) = Self.splitScheme(trimmed)
        guard let scheme else {
            guard let base else { throw .notAURL }
            try self.init(relative: rest, base: base)
            return
        }
        guard let web = Scheme(rawValue: scheme) else { throw .otherScheme(scheme) }
        // `http:path` is relative to a base of the same scheme: so browsers have it.
        if let base, base.scheme == web, !rest.starts(with: [.slash, .slash]) {
            try self.init(relative: rest, base: base)
        } else {
            try self.init(scheme: web, afterScheme: rest.drop { $0.isSlash })
        }
    }

    /// Without spaces and controls at the ends, and without tabs and line ends anywhere.
    private static func withoutControls(_ text: String) -> ArraySlice<Unicode.Scalar> {
        var scalars = Array(text.unicodeScalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" })[...]
        scalars = scalars.drop { $0.value <= 0x20 }
        while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
        return scalars
    }

    private static func splitScheme(
        _ text: ArraySlice<Unicode.Scalar>
    ) -> (scheme: String?, rest: ArraySlice<Unicode.Scalar>) {
        guard let first = text.first, first.isASCIILetter, let colon = text.firstIndex(of: ":") else {
            return (nil, text)
        }
        let name = text[..<colon]
        let signs: Set<Unicode.Scalar> = ["+", "-", "."]
        guard name.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || signs.contains($0) }) else { return (nil, text) }
        return (String(name).lowercased(), text[(colon + 1)...])
    }

    private init(scheme: Scheme, afterScheme text: ArraySlice<Unicode.Scalar>) throws(Flaw) {
        let authority = text.prefix { !$0.isSlash && $0 != "?" && $0 != "#" }
        let hostAndPort: ArraySlice<Unicode.Scalar>
        var (user, password) = ("", "")
        if let at = authority.lastIndex(of: "@") {
            let names = authority[..<at]
            let colon = names.firstIndex(of: ":") ?? names.endIndex
            user = URLEncoding.encode(String(names[..<colon]), for: .userinfo)
            password = URLEncoding.encode(String(names[colon...].dropFirst()), for: .userinfo)
            hostAndPort = authority[(at + 1)...]
        } else {
            hostAndPort = authority
        }
        let (host, port) = try Self.splitPort(hostAndPort)
        self.init(
            scheme: scheme, user: user, password: password, host: try Host(parsing: String(host)),
            port: port == scheme.port ? nil : port)
        setPathAndRest(text[authority.endIndex...], below: [])
    }

    /// The part before a colon that stands behind any bracket, and the number behind it.
    private static func splitPort(
        _ text: ArraySlice<Unicode.Scalar>
    ) throws(Flaw) -> (host: ArraySlice<Unicode.Scalar>, port: Int?) {
        let bracket = text.firstIndex(of: "]") ?? text.startIndex
        guard let colon = text[bracket...].firstIndex(of: ":") else { return (text, nil) }
        let digits = text[(colon + 1)...]
        guard digits.allSatisfy(\.isASCIIDigit) else { throw .notAURL }
        if digits.isEmpty { return (text[..<colon], nil) }
        guard let port = Int(String(digits)), port <= 0xFFFF else { throw .notAURL }
        return (text[..<colon], port)
    }

    private init(relative text: ArraySlice<Unicode.Scalar>, base: WebURL) throws(Flaw) {
        if text.count >= 2, text.prefix(2).allSatisfy(\.isSlash) {
            try self.init(scheme: base.scheme, afterScheme: text.drop { $0.isSlash })
            return
        }
        self = base
        fragment = nil
        switch text.first {
        case nil: break
        case "#": setRest(text)
        case "?":
            query = nil
            setRest(text)
        case let first?:
            query = nil
            setPathAndRest(text, below: first.isSlash ? [] : Array(base.path.dropLast()))
        }
    }

    /// - Parameters:
    ///   - text: path, query and fragment.
    ///   - folders: what a path without a slash in front is relative to.
    private mutating func setPathAndRest(_ text: ArraySlice<Unicode.Scalar>, below folders: [String]) {
        let pathText = text.prefix { $0 != "?" && $0 != "#" }
        var segments = folders
        let words = (pathText.first?.isSlash == true ? pathText.dropFirst() : pathText)
            .split(omittingEmptySubsequences: false) { $0.isSlash }
        for (index, word) in words.enumerated() {
            let segment = URLEncoding.encode(String(word), for: .path)
            let isLast = index == words.count - 1
            switch segment.lowercased().replacing("%2e", with: ".") {
            case "..":
                if !segments.isEmpty { segments.removeLast() }
                if isLast { segments.append("") }
            case ".": if isLast { segments.append("") }
            default: segments.append(segment)
            }
        }
        path = segments.isEmpty ? [""] : segments
        setRest(text[pathText.endIndex...])
    }

    /// - Parameter text: begins with `?` or `#`, or is empty.
    private mutating func setRest(_ text: ArraySlice<Unicode.Scalar>) {
        let queryText = text.prefix { $0 != "#" }
        if queryText.first == "?" { query = URLEncoding.encode(String(queryText.dropFirst()), for: .query) }
        let fragmentText = text[queryText.endIndex...].dropFirst()
        if queryText.endIndex < text.endIndex {
            fragment = URLEncoding.encode(String(fragmentText), for: .fragment)
        }
    }
}

extension WebURL.Host {
    /// - Parameter text: as it stands between the slashes and the port.
    init(parsing text: String) throws(WebURL.Flaw) {
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), let address = IPAddress.v6(parsing: String(text.dropFirst().dropLast())) else {
                throw .notAURL
            }
            self = .address(address)
            return
        }
        let decoded = String(decoding: URLEncoding.decode(text), as: UTF8.self)
        let name = try Self.ascii(decoded)
        if IPAddress.endsInNumber(name) {
            guard let address = IPAddress.v4(parsing: name) else { throw .notAURL }
            self = .address(address)
        } else {
            self = .domain(name)
        }
    }

    /// The name for the domain name system: small letters, other scripts in Punycode, look-alikes mapped (UTS 46).
    private static func ascii(_ name: String) throws(WebURL.Flaw) -> String {
        var ascii = name.lowercased()
        if !name.utf8.allSatisfy({ $0 < 0x80 }) {
            var components = URLComponents()
            components.host = name
            ascii = components.encodedHost ?? ""
        }
        let isName = ascii.utf8.allSatisfy { (0x21...0x7E).contains($0) && !forbidden.contains($0) }
        guard isName, !ascii.isEmpty, ascii.utf8.count <= 254 else { throw .notAURL }
        return ascii
    }

    private static let forbidden = Set("#/:<>?@[\\]^|%".utf8)
}

extension Unicode.Scalar {
    fileprivate static let slash: Unicode.Scalar = "/"

    /// `\` counts as one in the addresses of the web.
    fileprivate var isSlash: Bool { self == "/" || self == "\\" }
    fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
    fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) { self.init(String.UnicodeScalarView(scalars)) }
}
