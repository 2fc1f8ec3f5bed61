import JavaScriptSemantics

/// Whether a text is an address of the web, by the rules of the WHATWG URL standard as far as validity goes.
enum WebAddress {
    /// Scheme `http` or `https`, a host that can exist, a port within 16 bits. Spaces around it do not count.
    static func isWeb(_ text: String) -> Bool {
        var rest = Array(text.unicodeScalars.filter { !["\t", "\n", "\r"].contains($0) })[...]
        rest = rest.drop { $0.value <= 0x20 }
        while let last = rest.last, last.value <= 0x20 { rest = rest.dropLast() }
        guard let scheme = ["https:", "http:"].first(where: { begins(rest, with: $0) }) else { return false }
        rest = rest.dropFirst(scheme.unicodeScalars.count).drop { $0 == "/" || $0 == "\\" }
        var authority = rest.prefix { !["/", "\\", "?", "#"].contains($0) }
        if let at = authority.lastIndex(of: "@") { authority = authority[(at + 1)...] }
        return isHostAndPort(authority)
    }

    private static func begins(_ text: ArraySlice<Unicode.Scalar>, with word: String) -> Bool {
        String(String.UnicodeScalarView(text.prefix(word.unicodeScalars.count))).lowercased() == word
    }

    private static func isHostAndPort(_ authority: ArraySlice<Unicode.Scalar>) -> Bool {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return false }
            let address = authority[(authority.startIndex + 1)..<end]
            let isAddress = address.contains(":") && address.allSatisfy { $0 == ":" || $0 == "." || isHexadecimal($0) }
            let after = authority[(end + 1)...]
            return isAddress && (after.isEmpty || (after.first == ":" && isPort(after.dropFirst())))
        }
        let host = authority.prefix { $0 != ":" }
        return isHost(host) && isPort(authority.dropFirst(host.count + 1))
    }

    private static func isHost(_ host: ArraySlice<Unicode.Scalar>) -> Bool {
        guard !host.isEmpty, host.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !forbidden.contains($0) }) else {
            return false
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let last = labels.last?.isEmpty == true ? labels.dropLast().last : labels.last
        guard let last, last.allSatisfy({ ("0"..."9").contains($0) }) else { return labels.count > 0 && last != nil }
        // A host that ends in a number has to be an IPv4 address.
        let numbers = labels.filter { !$0.isEmpty }
        return numbers.count <= 4 && numbers.allSatisfy { isAddressPart($0) }
    }

    private static func isAddressPart(_ part: ArraySlice<Unicode.Scalar>) -> Bool {
        (JavaScriptNumber.number(String(String.UnicodeScalarView(part))) ?? .infinity) <= 0xFFFF_FFFF
    }

    private static func isPort(_ port: ArraySlice<Unicode.Scalar>) -> Bool {
        port.count <= 16 && port.allSatisfy { ("0"..."9").contains($0) }
            && (Int(String(String.UnicodeScalarView(port))) ?? 0) <= 0xFFFF
    }

    private static func isHexadecimal(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isASCIIHexDigit }

    private static let forbidden: Set<Unicode.Scalar> = [" ", "<", ">", "[", "]", "^", "|", "%", "\"", "`", "{", "}"]
}
