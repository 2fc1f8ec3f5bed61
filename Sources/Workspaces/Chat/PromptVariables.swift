import Foundation

/// Expands `{variables}` of a system prompt (contract/system-prompt.md 3). Nothing expanded is ever stored.
struct PromptVariables {
    let workspace: Workspace
    /// Milliseconds since 1970.
    let now: Int64
    let timeZone: TimeZone

    /// All variables are found first, then replaced from left to right, each in the first remaining place of its text.
    func expand(_ prompt: String) -> String {
        guard prompt.contains("{") else { return prompt }
        var expanded = prompt
        for variable in Self.variables(of: prompt) {
            guard let value = value(of: variable), let place = expanded.range(of: "{\(variable)}") else { continue }
            expanded.replaceSubrange(place, with: value)
        }
        return expanded
    }

    /// The keys between braces, in order, with repetitions.
    static func variables(of prompt: String) -> [String] {
        prompt.matches(of: #/\{([^}]+)\}/#).map { String($0.1) }
    }

    private func value(of key: String) -> String? {
        if key.hasPrefix("user.") { return "[User \(Self.secondPart(key))]" }
        if key.hasPrefix("workspace.") {
            switch key {
            case "workspace.id": return String(workspace.id)
            case "workspace.name":
                return workspace.name.isEmpty ? "[Workspace name is empty or unknown]" : workspace.name
            default: return "[Workspace \(Self.secondPart(key))]"
            }
        }
        return dateValue(of: key)
    }

    private static func secondPart(_ key: String) -> Substring {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? parts[1] : ""
    }

    private func dateValue(of key: String) -> String? {
        switch key {
        case "time": format("h:mm:ss a")
        case "time_24": format("HH:mm:ss")
        case "date": format("MMMM d, yyyy")
        case "datetime": format("EEEE, MMMM d, yyyy h:mm a")
        case "datetime_24": format("yyyy-MM-dd HH:mm:ss")
        default: nil
        }
    }

    private func format(_ pattern: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = timeZone
        formatter.dateFormat = pattern
        return formatter.string(from: Date(timeIntervalSince1970: Double(now) / 1000))
    }
}
