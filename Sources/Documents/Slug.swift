import Foundation
import JavaScriptSemantics

/// Names made fit for addresses: transliterated to ASCII, with a hyphen for each run of white space.
///
/// Works on UTF-16 code units after Unicode NFC, as the library does whose slugs are stored in existing
/// databases (`slugify` 1.6.6; `contract/workspaces.md` section 9, `documents.md` 7.1). Any of them may be empty.
public enum Slug {
    /// The slug of a workspace, in lower case.
    public static func workspace(_ name: String) -> String { make(name, Transliteration.workspaces).lowercased() }

    /// The slug of a thread: as ``workspace(_:)``, but the letter case stays.
    public static func thread(_ name: String) -> String { make(name, Transliteration.workspaces) }

    /// The slug of a document's name: `.`, `+`, parentheses and quotes stay, `/` separates.
    public static func document(_ name: String) -> String { make(name, Transliteration.documents) }

    /// ``document(_:)`` in lower case.
    public static func documentLowercased(_ name: String) -> String { document(name).lowercased() }

    private static func make(_ name: String, _ table: Transliteration.Table) -> String {
        var units: [UInt16] = []
        var needsHyphen = false
        for unit in name.precomposedStringWithCanonicalMapping.utf16 {
            for written in replacement(of: unit, in: table) {
                if JavaScriptWhitespace.contains(written) {
                    needsHyphen = !units.isEmpty
                } else if isKept(written) {
                    if needsHyphen { units.append(hyphen) }
                    needsHyphen = false
                    units.append(written)
                }
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static let hyphen = UInt16(UInt8(ascii: "-"))
    private static let space = UInt16(UInt8(ascii: " "))

    private static func replacement(of unit: UInt16, in table: Transliteration.Table) -> [UInt16] {
        let replacement = table[unit] ?? [unit]
        return replacement == [hyphen] ? [space] : replacement
    }

    private static func isKept(_ unit: UInt16) -> Bool {
        guard let byte = UInt8(exactly: unit) else { return false }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return true
        default: return allowedSigns.contains(byte)
        }
    }

    private static let allowedSigns = Array("_$*+~.()'\"!-:@".utf8)
}
