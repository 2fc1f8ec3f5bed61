import Foundation
import TestSupport
import Testing

@Suite("The tree keeps its own rules")
struct TreeTests {
    private static let code = PackageRoot.files(under: ["Sources", "Tests"]).filter { file in
        [".swift", ".c", ".h"].contains { file.hasSuffix($0) }
    }

    /// Text files that go into the repository, but not data that tests compare with.
    private static let texts = PackageRoot.files(under: [
        "Sources", "Tests", "nginx", "systemd", ".ci", "Package.swift", "Makefile", "README.md",
    ]).filter { !$0.contains("/Resources/") && !$0.contains("/__pycache__/") }

    @Test("no source file is over 400 lines, no test file over 600")
    func filesAreShort() throws {
        #expect(!Self.code.isEmpty)
        for file in Self.code {
            let limit = file.hasPrefix("Tests/") ? 600 : 400
            let lines =
                try PackageRoot.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= limit, "\(file) has \(lines) lines")
        }
    }

    @Test("no file names a folder of the machine it was written on")
    func noMachinePaths() throws {
        // Put together, so that this file does not contain what it looks for.
        let folders = ["work", "root", "farm", "home"].map { "/\($0)/" }
        for file in Self.texts {
            guard let text = try? PackageRoot.text(of: file) else { continue }  // not UTF-8: not a text file
            for folder in folders {
                let line = text.split(separator: "\n").first { Self.hasPath(in: folder, $0) }
                #expect(line == nil, "\(file) names a folder under \(folder)")
            }
        }
    }

    /// Whether the line has an absolute path that begins with `folder`; a folder of that name inside another, or a
    /// part of a URL, is not a path of this machine.
    private static func hasPath(in folder: String, _ line: Substring) -> Bool {
        line.ranges(of: folder).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            return " \t\"'=(:`".contains(line[line.index(before: range.lowerBound)])
        }
    }

    @Test("no test waits by sleeping")
    func noSleeps() throws {
        let words = ["Task.", "Thread.", "u", "nano"].map { $0 + "sleep(" }
        for file in Self.code where file.hasPrefix("Tests/") {
            let text = try PackageRoot.text(of: file)
            for word in words { #expect(!text.contains(word), "\(file): \(word)") }
        }
    }

    @Test("the scripts are executable and the shell can parse them", arguments: scripts)
    func scriptsParse(script: String) async throws {
        #expect(FileManager.default.isExecutableFile(atPath: PackageRoot.path(script)))
        let result = try await ProcessServer.run("sh", ["-n", PackageRoot.path(script)])
        #expect(result.status == 0, "\(result.errors)")
    }
    private static let scripts = ["nginx/serve-local", "nginx/run-local", ".ci/run", ".ci/conformance"]

    @Test("every make target that the README or CI names exists", arguments: ["run", "test", "bench", "clean", "lint"])
    func makeTargetsExist(target: String) async throws {
        let result = try await ProcessServer.run(
            "make", ["--dry-run", "--always-make", target], workingDirectory: PackageRoot.path)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("CI runs the tests")
    func ciRunsTheTests() throws {
        let commands = try PackageRoot.text(of: ".ci/run").split(separator: "\n")
        #expect(commands.contains("make test"))
        #expect(commands.contains("set -eu"))
    }
}
