public import Foundation

/// What a folder is kept in step with: a server's library, or a test's.
public protocol DocumentLibrary: Sendable {
    /// The docpaths of a workspace's documents.
    ///
    /// - Throws: ``LibraryClientError`` unless the key and the workspace are known.
    func docpaths(workspace: String) async throws(LibraryClientError) -> Set<String>

    /// - Returns: the docpaths of what became of the file.
    func upload(_ file: URL, as name: String, folder: String?) async throws(LibraryClientError) -> [String]

    /// Gives a document the content of a file, in every workspace that holds it, in one step; place and name stay.
    ///
    /// - Returns: whether that was possible: not when the document is gone, or the file holds several documents.
    func replace(_ docpath: String, with file: URL, as name: String) async throws(LibraryClientError) -> Bool

    /// - Parameter progress: told how far it is, as often as that changes.
    /// - Throws: ``LibraryClientError`` with code `refused` when one of them could not be embedded.
    func embed(
        _ docpaths: [String], workspace: String, progress: (EmbeddingProgress) -> Void
    ) async throws(LibraryClientError)

    /// Removes documents from the library and from every workspace; unknown ones are no error.
    func remove(_ docpaths: [String]) async throws(LibraryClientError)

    /// The docpaths of a folder of the library; none when there is no such folder.
    func docpaths(folder: String) async throws(LibraryClientError) -> Set<String>
}

extension DocumentLibrary {
    /// - Throws: ``LibraryClientError`` unless the key and the workspace are known.
    public func check(workspace: String) async throws(LibraryClientError) {
        _ = try await docpaths(workspace: workspace)
    }
}
