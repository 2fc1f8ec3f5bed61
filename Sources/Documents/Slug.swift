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
        func write(_ unit: UInt16) {
            if JavaScriptWhitespace.contains(unit) {
                needsHyphen = !units.isEmpty
            } else if isKept(unit) {
                if needsHyphen { units.append(hyphen) }
                needsHyphen = false
                units.append(unit)
            }
        }
        // Composing takes quadratic time, and no address has room for a longer slug.
        let scalars = String(name.unicodeScalars.prefix(lengthLimit))
        for unit in scalars.precomposedStringWithCanonicalMapping.utf16 {
            // A hyphen separates words as a space does, also one that stands for another sign.
            if let replacement = table[unit] {
                replacement == [hyphen] ? write(space) : replacement.forEach(write)
            } else {
                write(unit == hyphen ? space : unit)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Unicode scalars of a name that are looked at.
    private static let lengthLimit = 8_192

    private static let hyphen = UInt16(UInt8(ascii: "-"))
    private static let space = UInt16(UInt8(ascii: " "))

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
