import Foundation

/// Expands `{variables}` of a system prompt (contract/system-prompt.md 3). Nothing expanded is ever stored.
struct PromptVariables {
    let workspace: Workspace
    /// Milliseconds since 1970.
    let now: Int64
    let timeZone: TimeZone
    /// The administrator's own variables; asked for keys that are not built in, once for each place.
    var own: (String) -> String? = { _ in nil }

    /// All variables are found first, then replaced from left to right, each in the first remaining place of its text.
    func expand(_ prompt: String) -> String {
        guard prompt.utf8.contains(UInt8(ascii: "{")) else { return prompt }
        var expanded = Array(prompt.utf8)
        for variable in Self.variables(of: prompt) {
            let marked = Array("{\(variable)}".utf8)
            guard let value = value(of: variable), let start = Self.place(of: marked, in: expanded) else { continue }
            expanded.replaceSubrange(start..<start + marked.count, with: value.utf8)
        }
        return String(decoding: expanded, as: UTF8.self)
    }

    /// Looks at braces only: the search of the standard library took a third of the work before a model is asked.
    private static func place(of marked: [UInt8], in text: [UInt8]) -> Int? {
        var start = 0
        while let open = text[start...].firstIndex(of: UInt8(ascii: "{")) {
            if text[open...].starts(with: marked) { return open }
            start = open + 1
        }
        return nil
    }

    /// The keys between braces, in order, with repetitions.
    static func variables(of prompt: String) -> [String] {
        var keys: [String] = []
        var rest = prompt.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            if close > rest.startIndex, let key = String(rest[..<close]) { keys.append(key) }
            rest = rest[close...]
        }
        return keys
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
        return dateValue(of: key) ?? own(key).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func secondPart(_ key: String) -> Substring {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? parts[1] : ""
    }

    private func dateValue(of key: String) -> String? {
        switch key {
        case "time": PromptDate(now, in: timeZone).time
        case "time_24": PromptDate(now, in: timeZone).time24
        case "date": PromptDate(now, in: timeZone).date
        case "datetime": PromptDate(now, in: timeZone).dateTime
        case "datetime_24": PromptDate(now, in: timeZone).dateTime24
        default: nil
        }
    }
}
