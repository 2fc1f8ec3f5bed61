import Foundation

/// The regular files below a folder, with their stamps. Symbolic links are not followed: they may lead anywhere.
public struct FolderScan: Sendable, Equatable {
    /// By path relative to the folder. Empty files are left out: most are about to be written.
    public var files: [String: FileStamp] = [:]
    /// Paths of all folders, the outermost too, absolute.
    public var folders: [String] = []

    /// - Parameter root: absolute.
    /// - Throws: ``LibraryClientError`` when any folder cannot be listed: then nobody knows what is gone.
    public init(root: String) throws(LibraryClientError) {
        try walk(root, prefix: "")
    }

    private mutating func walk(_ folder: String, prefix: String) throws(LibraryClientError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            // It may have been removed since its parent was listed; the outermost must be there.
            if !prefix.isEmpty, !FileManager.default.fileExists(atPath: folder) { return }
            throw LibraryClientError(.unreadableFile, "Cannot list \(folder): \(error.localizedDescription)")
        }
        folders.append(folder)
        for name in names where !IgnoredNames.contains(name) {
            var status = stat()
            guard lstat(folder + "/" + name, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try walk(folder + "/" + name, prefix: prefix + name + "/")
            case S_IFREG where status.st_size > 0:
                files[prefix + name] = FileStamp(
                    size: Int(status.st_size),
                    modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)
            default: break
            }
        }
    }
}
