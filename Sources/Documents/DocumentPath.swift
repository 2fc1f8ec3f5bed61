import JavaScriptSemantics

/// Rules for the names by which clients address documents and folders (`contract/documents.md` 7.2 and 7.4).
///
/// These are names in a database, not paths on a disk; the rules are those of a POSIX path all the same.
public enum DocumentPath {
    /// Bytes of UTF-8 that the name of a folder or document may have.
    ///
    /// Four times what file systems allow, and still short enough for an address: the names of its folder and file are
    /// part of every row about a document, and a document's title of each of its passages.
    static let nameLimit = 1_024

    /// Trims, collapses `//`, `.` and inner `..`, and strips every leading `../`: traversal is neutralised, not
    /// refused. `..` gives the empty text, `/etc/x` stays as it is.
    ///
    /// - Throws: ``DocumentPathError/invalidPath`` when nothing but `.`, `..` or `/` is left.
    public static func normalize(_ path: String) throws(DocumentPathError) -> String {
        var rest = collapse(trim(path))[...]
        while rest.hasPrefix("..") {
            let after = rest.dropFirst(2)
            guard after.isEmpty || after.first == "/" || after.first == "\\" else { break }
            rest = after.dropFirst()
        }
        let result = trim(rest)
        if [".", "..", "/"].contains(result) { throw .invalidPath }
        return result
    }

    /// The two segments of a docpath, or nil when it does not have the form `folder/file.json`.
    public static func location(_ path: String) -> DocumentLocation? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.count == 2 else { return nil }
        let (folder, fileName) = (String(Substring(segments[0])), String(Substring(segments[1])))
        guard fileName.hasSuffix(".json"), fileName.utf8.count > 5, !["", ".", ".."].contains(folder) else {
            return nil
        }
        return DocumentLocation(folder: folder, fileName: fileName)
    }

    /// Most paths have no white space to trim, and looking is cheaper than copying.
    private static func trim(_ path: some StringProtocol) -> String {
        let scalars = path.unicodeScalars
        guard let first = scalars.first, let last = scalars.last,
            JavaScriptWhitespace.contains(first) || JavaScriptWhitespace.contains(last)
        else { return String(path) }
        return JavaScriptWhitespace.trim(path)
    }

    /// Whether every name of a path keeps the limit, and their number does.
    public static func fitsLimits(_ path: String) -> Bool {
        path.utf8.count <= 4 * nameLimit
            && path.utf8.split(separator: UInt8(ascii: "/")).allSatisfy { $0.count <= nameLimit }
    }

    /// Whether a normalised path lies strictly below the root: absolute paths, the root itself and anything that
    /// begins with `..` do not.
    public static func isInsideRoot(_ normalized: String) -> Bool {
        let path = withoutTrailingSlash(normalized)
        return !path.isEmpty && path != "." && !path.hasPrefix("/") && !path.hasPrefix("..")
    }

    /// A normalised path joined to the root, as create-folder and move-files do: there `/etc/x` means `etc/x`.
    public static func relativeToRoot(_ normalized: String) -> String {
        withoutTrailingSlash(String(normalized.drop { $0 == "/" }))
    }

    private static func withoutTrailingSlash(_ path: String) -> String {
        path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// POSIX normalisation as `path.normalize` of Node.js documents it: the empty path is `.`, a slash at the
    /// end stays.
    private static func collapse(_ path: String) -> String {
        guard !path.isEmpty else { return "." }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        let endsWithSlash = path.utf8.last == UInt8(ascii: "/")
        var segments: [Substring.UTF8View] = []
        for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
            if segment.elementsEqual(".".utf8) { continue }
            if segment.elementsEqual("..".utf8) {
                if let last = segments.last, !last.elementsEqual("..".utf8) {
                    segments.removeLast()
                } else if !isAbsolute {
                    segments.append(segment)
                }
            } else {
                segments.append(segment)
            }
        }
        let joined = segments.map { String(Substring($0)) }.joined(separator: "/")
        if joined.isEmpty { return isAbsolute ? "/" : endsWithSlash ? "./" : "." }
        return (isAbsolute ? "/" : "") + joined + (endsWithSlash ? "/" : "")
    }
}
