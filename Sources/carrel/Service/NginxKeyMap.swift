import Foundation

/// The file from which nginx knows the keys: one line of hash and id for each (`carrel-http.conf`).
struct NginxKeyMap {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let file: URL
    /// Run by the shell; empty for none.
    let reloadCommand: String

    /// Replaces the file in one step, so that nginx never reads half of it.
    ///
    /// Only hashes are written, but they are nobody's business: owner and group may read.
    func write(_ keys: [(hash: String, id: Int64)]) throws {
        let lines = keys.map { "\"\($0.hash)\" \"\($0.id)\";\n" }.joined()
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let temporary = file.appendingPathExtension("new")
            try Data(("# Written by `carrel keys`.\n" + lines).utf8).write(to: temporary)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: temporary.path)
            guard rename(temporary.path, file.path) == 0 else {
                throw Failure(description: String(cString: strerror(errno)))
            }
        } catch {
            throw Failure(
                description: """
                    The key is stored, but nginx's map \(file.path) cannot be written: \(error). Mend that, or set \
                    CARREL_NGINX_KEY_MAP, and run any `carrel keys create` or `revoke` again.
                    """)
        }
    }

    /// - Throws: ``Failure`` with the command and its exit code.
    func reload() throws {
        if reloadCommand.isEmpty { return }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", reloadCommand]
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: """
                    The key is stored and \(file.path) is written, but `\(reloadCommand)` failed with exit code \
                    \(process.terminationStatus). Reload nginx yourself, or set CARREL_NGINX_RELOAD.
                    """)
        }
    }
}
