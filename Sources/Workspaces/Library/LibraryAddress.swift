/// Where a document lies in the library: exactly one folder deep.
struct LibraryAddress: Sendable, Equatable {
    var folder: String
    var fileName: String

    /// Nil unless `docpath` is `folder/file`.
    init?(docpath: String) {
        let parts = docpath.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        folder = String(parts[0])
        fileName = String(parts[1])
    }
}
