/// Links and images of a page, with absolute addresses (`contract/documents.md` 8.3).
struct MarkdownLinks {
    let base: WebURL

    /// Longer ones say nothing to a reader.
    private static let lengthLimit = 200

    /// The absolute address of a link; nil for what leads nowhere that a reader could go, and for long ones.
    func target(_ href: String) -> String? {
        let address: String
        do {
            address = Self.escaped(try WebURL(parsing: href, base: base).description)
        } catch .otherScheme(let scheme) {
            guard ["mailto", "tel", "ftp"].contains(scheme) else { return nil }
            address = href.filter { !$0.isWhitespace }
        } catch {
            return nil
        }
        return address.utf8.count < Self.lengthLimit ? address : nil
    }

    /// - Returns: `![alt](src)`; nil for images that are left out.
    func image(_ element: HTMLElement) -> String? {
        guard let source = element["src"], !source.isEmpty else { return nil }
        guard let url = try? WebURL(parsing: source, base: base), !Self.isBadge(url) else { return nil }  // data: too
        let address = Self.escaped(url.description)
        guard address.utf8.count < Self.lengthLimit else { return nil }
        let given = MarkdownText.collapsed(element["alt"] ?? "")
        let fileName = String(decoding: URLEncoding.decode(url.path.last ?? ""), as: UTF8.self)
        let alt = (given.isEmpty ? fileName : given).filter { $0 != "[" && $0 != "]" }
        return "![\(alt)](\(address))"
    }

    /// Parentheses that are not in pairs would end the address early.
    private static func escaped(_ address: String) -> String {
        var depth = 0
        for byte in address.utf8 where depth >= 0 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
        }
        if depth == 0 { return address }
        return address.replacing("(", with: "%28").replacing(")", with: "%29")
    }

    private static func isBadge(_ url: WebURL) -> Bool {
        badges.contains { host, path in
            (url.hostText == host || url.hostText.hasSuffix("." + host)) && url.pathText.hasPrefix(path)
        }
    }

    /// Host and beginning of the path.
    private static let badges: [(String, String)] = [
        ("camo.githubusercontent.com", "/"), ("avatars.githubusercontent.com", "/"), ("img.shields.io", "/"),
        ("badge.fury.io", "/"), ("badges.gitter.im", "/"), ("coveralls.io", "/repos"), ("travis-ci.org", "/"),
        ("circleci.com", "/"), ("github.com", "/favicon"),
    ]
}
