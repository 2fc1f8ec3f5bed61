import Foundation

/// A folder of one test, removed with everything in it when the last reference goes.
///
/// Its path is short, because the path of a unix socket has at most 107 bytes.
public final class TemporaryDirectory: Sendable {
    public let path: String

    /// - Throws: Foundation's error when the folder cannot be made.
    public init() throws {
        let name = "carrel-" + UUID().uuidString.prefix(8).lowercased()
        path = (NSTemporaryDirectory() as NSString).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // A server that is just ending removes files of its own, and removal stops at a file that is gone meanwhile.
        // What is left after a few attempts is left: at the end of a test nobody is there to be told.
        for _ in 0..<5 where FileManager.default.fileExists(atPath: path) {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The path of an entry, which need not exist.
    public func file(_ name: String) -> String {
        path + "/" + name
    }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)), options: .atomic)
        return file(name)
    }
}
