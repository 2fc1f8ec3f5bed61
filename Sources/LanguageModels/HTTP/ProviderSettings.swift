import NIOCore

/// Reads the instance's settings by name; an empty value counts as unset, as in an `.env` file.
struct ProviderSettings: Sendable {
    private let setting: @Sendable (String) -> String?

    init(_ setting: @escaping @Sendable (String) -> String?) { self.setting = setting }

    subscript(name: String) -> String? {
        guard let value = setting(name), !value.isEmpty else { return nil }
        return value
    }

    /// A duration in milliseconds when it is a positive number below a day.
    func milliseconds(_ name: String) -> TimeAmount? {
        guard let value = self[name].flatMap(Double.init), value > 0, value < 86_400_000 else { return nil }
        return .microseconds(Int64(value * 1000))
    }

    /// A whole number of tokens when it is one.
    func tokens(_ name: String) -> Int? {
        guard let value = self[name].flatMap(Double.init), value >= 1, value < 1e12 else { return nil }
        return Int(value)
    }

    /// A whole number from 0 when it is one.
    func count(_ name: String) -> Int? {
        guard let value = self[name].flatMap(Int.init), value >= 0 else { return nil }
        return value
    }

    func isTrue(_ name: String) -> Bool { self[name] == "true" }
}
