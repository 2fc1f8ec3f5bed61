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
    /// Only hashes are written, but they are nobody's business: owner and group may read. What is no hash is not written
    /// at all: the file is part of nginx's configuration, and the database is in the hands of the service, which has no
    /// say in nginx.
    func write(_ keys: [(hash: String, id: Int64)]) throws {
        let lines = keys.map { "\"\($0.hash)\" \"\($0.id)\";\n" }.joined()
        do {
            if let key = keys.first(where: { !Self.isHash($0.hash) }) {
                throw Failure(description: "the hash of key \(key.id) is none")
            }
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
                    The database has the change, but nginx's map \(file.path) cannot be written: \(error). Mend that, \
                    or set CARREL_NGINX_KEY_MAP, and run `carrel keys publish`; until then nginx takes the keys that it \
                    has taken before, revoked ones too.
                    """)
        }
    }

    /// SHA-256 in base64url without padding.
    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 43
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
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
                    \(file.path) is written, but `\(reloadCommand)` failed with exit code \
                    \(process.terminationStatus). Reload nginx yourself, or set CARREL_NGINX_RELOAD and run `carrel keys \
                    publish`; until then nginx takes the keys that it has taken before, revoked ones too.
                    """)
        }
    }
}
