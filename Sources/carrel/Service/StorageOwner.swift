import Foundation
import Storage

/// Root's way into a storage folder that belongs to the server's user: as that user.
///
/// An administrator's command runs as root, and the folder is in the hands of the service. As root it would create and
/// open whatever a symbolic link in the folder leads to, which a service that has been taken over could put there. What
/// it creates as the owner belongs to the owner, too.
enum StorageOwner {
    /// Runs `body` with the rights of the folder's owner; anybody but root has only their own. Files that it makes can be
    /// read by nobody else.
    ///
    /// The identity is the whole process's, so nothing else may go on meanwhile.
    ///
    /// - Throws: ``StorageError`` with code `disk`, and what `body` throws.
    static func act<Value>(in directory: URL, _ body: () throws -> Value) throws -> Value {
        // Documents, chats and hashes of keys are for nobody else, in whichever folder.
        let mask = umask(0o077)
        defer { umask(mask) }
        var status = stat()
        // A folder that does not exist yet is made by the body, and belongs to root.
        guard geteuid() == 0, stat(directory.path, &status) == 0, status.st_uid != 0 else { return try body() }
        let (group, groups) = (getegid(), try supplementaryGroups(directory))
        try check(setgroups(1, [status.st_gid]), directory)
        defer { _ = groups.withUnsafeBufferPointer { setgroups($0.count, $0.baseAddress) } }
        try check(setegid(status.st_gid), directory)
        defer { _ = setegid(group) }
        try check(seteuid(status.st_uid), directory)
        // First of the three: the others need root again. The saved identity is root's, so it cannot fail.
        defer { _ = seteuid(0) }
        return try body()
    }

    private static func supplementaryGroups(_ directory: URL) throws -> [gid_t] {
        let count = getgroups(0, nil)
        try check(min(count, 0), directory)
        var groups = [gid_t](repeating: 0, count: Int(count))
        try check(min(getgroups(count, &groups), 0), directory)
        return groups
    }

    private static func check(_ result: Int32, _ directory: URL) throws {
        guard result != 0 else { return }
        throw StorageError(
            code: .disk, message: "Cannot act as the owner of \(directory.path): \(String(cString: strerror(errno)))")
    }
}
