public import Foundation

/// What a folder is kept in step with: a server's library, or a test's.
public protocol DocumentLibrary: Sendable {
    /// - Throws: ``LibraryClientError`` unless the key and the workspace are known.
    func check(workspace: String) async throws(LibraryClientError)

    /// - Returns: the docpaths of what became of the file.
    func upload(_ file: URL, as name: String, folder: String?) async throws(LibraryClientError) -> [String]

    /// - Throws: ``LibraryClientError`` with code `refused` when one of them is not in the workspace afterwards.
    func embed(_ docpaths: [String], workspace: String) async throws(LibraryClientError)

    /// Removes documents from the library and from every workspace; unknown ones are no error.
    func remove(_ docpaths: [String]) async throws(LibraryClientError)

    /// The docpaths of a folder of the library; none when there is no such folder.
    func docpaths(folder: String) async throws(LibraryClientError) -> [String]
}
