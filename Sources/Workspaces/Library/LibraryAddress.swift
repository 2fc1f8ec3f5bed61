/// Where a document lies in the library: exactly one folder deep.
struct LibraryAddress: Sendable, Equatable {
    var folder: String
    var fileName: String

    /// Nil unless `docpath` is `folder/file`.
    init?(docpath: String) {
        // Bytes: a slash before a combining mark is no character of its own.
        let parts = docpath.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        folder = String(Substring(parts[0]))
        fileName = String(Substring(parts[1]))
    }
}
