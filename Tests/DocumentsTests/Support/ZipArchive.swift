import Foundation
import TestSupport

/// ZIP archives for tests, made by Python's library.
enum ZipArchive {
    private static let script = """
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
            for line in sys.argv[2:]:
                name, count, text = line.split("|", 2)
                with archive.open(name, "w") as member:
                    block = text.encode() * min(int(count), 1000)
                    for _ in range(max(1, int(count) // 1000)):
                        member.write(block)
        """

    /// - Parameter members: name, text, and how often it is repeated: up to 1,000 times, or a multiple of it.
    static func bytes(_ members: [(name: String, text: String, count: Int)]) async throws -> [UInt8] {
        let folder = try TemporaryDirectory()
        let lines = members.map { "\($0.name)|\($0.count)|\($0.text)" }
        let result = try await ProcessServer.run("/usr/bin/python3", ["-c", script, folder.file("a.zip")] + lines)
        guard result.status == 0 else { throw ProcessFailure.ended(status: result.status, output: result.errors) }
        return Array(try Data(contentsOf: URL(filePath: folder.file("a.zip"))))
    }

    static func bytes(_ name: String, _ text: String, count: Int = 1) async throws -> [UInt8] {
        try await bytes([(name: name, text: text, count: count)])
    }
}
