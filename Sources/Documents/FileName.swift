/// Names of uploaded files (`contract/documents.md` 3.1 and 7.3).
public enum FileName {
    /// The name that an upload goes by, from what the client sent: last path component, normalised, sanitised.
    /// It may be empty, for example for `?`.
    ///
    /// - Throws: ``DocumentPathError/invalidPath`` for `.` and for an empty name.
    public static func original(fromClient name: String) throws(DocumentPathError) -> String {
        sanitize(try DocumentPath.normalize(lastComponent(name)))
    }

    /// What stands after the last `/` or `\`; empty for `.` and `..`, which name no file.
    static func lastComponent(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let start = scalars.lastIndex { $0 == "/" || $0 == "\\" }.map { scalars.index(after: $0) } ?? scalars.startIndex
        let component = String(scalars[start...])
        return component == "." || component == ".." ? "" : component
    }

    /// Deletes `< > : " / \ | ? *` and the quotation marks U+2018-U+201F.
    public static func sanitize(_ name: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !isForbidden(scalar) { kept.append(scalar) }
        return String(kept)
    }

    /// The last `.suffix` in lower case, dot included; empty without one, and for names that only begin with a dot.
    public static func fileExtension(_ name: String) -> String {
        guard let dot = name.unicodeScalars.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[dot...].lowercased()
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", ":", "\"", "/", "\\", "|", "?", "*": true
        case "\u{2018}"..."\u{201F}": true
        default: false
        }
    }
}
