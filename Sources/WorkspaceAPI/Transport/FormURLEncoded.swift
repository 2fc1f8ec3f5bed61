import Foundation
import OrderedJSON

/// Form bodies: every value is a text, a list (`a[]=1`, or a name that is repeated) or a map (`a[b]=1`).
enum FormURLEncoded {
    /// Most parameters of a form, as the reference's web framework has it; what follows costs quadratic time.
    static let limit = 1_000

    /// - Returns: nil for a form of more parameters than ``limit``.
    static func decode(_ text: String) -> JSONObject? {
        var object = JSONObject()
        let pairs = text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: limit).map(Substring.init)
        guard pairs.count <= limit else { return nil }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = JSONValue.string(parts.count > 1 ? decoded(parts[1]) : "")
            insert(value, at: path(decoded(parts[0])), into: &object)
        }
        return object
    }

    /// A name or a value as text; what is not encoded well stays as it is.
    static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return (spaced.removingPercentEncoding ?? String(spaced)).storable
    }

    /// `a[b][]` is the path a, b and an empty last part.
    private static func path(_ name: String) -> [String] {
        guard let bracket = name.firstIndex(of: "["), name.hasSuffix("]"), bracket > name.startIndex else {
            return [name]
        }
        let inner = name[name.index(after: bracket)...].dropLast()
        return [String(name[..<bracket])] + inner.components(separatedBy: "][")
    }

    private static func insert(_ value: JSONValue, at path: [String], into object: inout JSONObject) {
        guard let key = path.first else { return }
        let rest = Array(path.dropFirst().prefix(4))
        if rest.isEmpty {
            object[key] = appended(value, to: object[key])
        } else if rest == [""] || Int(rest[0]) != nil && rest.count == 1 {
            object[key] = .array((object[key]?.arrayValue ?? []) + [value])
        } else {
            var inner = object[key]?.objectValue ?? [:]
            insert(value, at: rest, into: &inner)
            object[key] = .object(inner)
        }
    }

    private static func appended(_ value: JSONValue, to existing: JSONValue?) -> JSONValue {
        switch existing {
        case nil: value
        case .array(let elements): .array(elements + [value])
        case .some(let single): .array([single, value])
        }
    }
}
