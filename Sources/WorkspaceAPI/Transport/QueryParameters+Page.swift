import JavaScriptSemantics

extension QueryParameters {
    /// `offset` when it begins with a positive number, else 0.
    var offset: Int {
        guard let number = self["offset"].flatMap({ JavaScriptNumber.parseInt($0) }), number > 0 else { return 0 }
        return Int(min(number, 1e15))
    }

    /// `limit`: `all` in any case is no limit, a positive number is cut at 1000, anything else is 100.
    ///
    /// - Parameter standard: when there is none; nil means no limit.
    func limit(default standard: Int?) -> Int? {
        guard let text = self["limit"] else { return standard }
        if text.lowercased() == "all" { return nil }
        guard let number = JavaScriptNumber.parseInt(text), number > 0 else { return 100 }
        return Int(min(number, 1000))
    }

    /// Whether a switch is on: `true`, `1`, or its name alone.
    func isOn(_ name: String) -> Bool { ["true", "1", ""].contains(self[name]?.lowercased()) }
}
