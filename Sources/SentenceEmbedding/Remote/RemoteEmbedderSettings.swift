/// Reads the instance's settings by name; an empty value counts as unset, as in an `.env` file.
struct RemoteEmbedderSettings: Sendable {
    private let setting: @Sendable (String) -> String?

    init(_ setting: @escaping @Sendable (String) -> String?) { self.setting = setting }

    subscript(name: String) -> String? {
        guard let value = setting(name), !value.isEmpty else { return nil }
        return value
    }

    /// A whole number above `bound`, or nil for anything else.
    func integer(_ name: String, above bound: Int) -> Int? {
        guard let value = self[name].flatMap(Int.init), value > bound, value < 1_000_000_000 else { return nil }
        return value
    }
}
