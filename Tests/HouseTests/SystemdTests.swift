import Foundation
import TestSupport
import Testing

@Suite("The systemd units are sound")
struct SystemdTests {
    /// The units as an administrator would have them, except that the program is one that exists here.
    private struct Staged {
        let directory: TemporaryDirectory
        let service: String
        let socket: String

        init() throws {
            directory = try TemporaryDirectory()
            let unit = try PackageRoot.text(of: "systemd/carrel.service")
            let program = try directory.write("#!/bin/sh\n", to: "carrel")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            service = try directory.write(unit.replacing("/usr/bin/carrel", with: program), to: "carrel.service")
            socket = try directory.write(try PackageRoot.text(of: "systemd/carrel.socket"), to: "carrel.socket")
        }
    }

    @Test("systemd finds nothing to say about them")
    func verify() async throws {
        let staged = try Staged()
        let result = try await ProcessServer.run("systemd-analyze", ["verify", staged.service, staged.socket])
        #expect(result.status == 0)
        #expect(result.output + result.errors == "")
    }

    @Test("systemd does find a misspelt directive")
    func verifyNoticesMistakes() async throws {
        let staged = try Staged()
        let unit = try String(contentsOfFile: staged.service, encoding: .utf8)
        let broken = try staged.directory.write(
            unit.replacing("ProtectHome=yes", with: "ProtectHomes=yes"), to: "carrel.service")
        let result = try await ProcessServer.run("systemd-analyze", ["verify", broken])
        #expect((result.output + result.errors).contains("ProtectHomes"))
    }

    @Test("the sandbox leaves an exposure of at most 2.0")
    func exposure() async throws {
        let staged = try Staged()
        let result = try await ProcessServer.run(
            "systemd-analyze", ["security", "--no-pager", "--offline=true", "--threshold=20", staged.service])
        #expect(result.status == 0, "\(result.output.suffix(400))")
        #expect(result.output.contains("Overall exposure level"))
    }

    @Test("a unit without the sandbox is over that limit")
    func exposureNoticesMissingSandbox() async throws {
        let directory = try TemporaryDirectory()
        let bare = try directory.write("[Service]\nExecStart=/bin/true\n", to: "bare.service")
        let result = try await ProcessServer.run(
            "systemd-analyze", ["security", "--no-pager", "--offline=true", "--threshold=20", bare])
        #expect(result.status != 0)
    }

    @Test("the unit lets the server isolate converter programs")
    func isolationIsPossible() async throws {
        let unit = try PackageRoot.text(of: "systemd/carrel.service")
        let filters = unit.split(separator: "\n").filter { $0.hasPrefix("SystemCallFilter=") && !$0.contains("=~") }
        var allowed = Set(filters.flatMap { $0.drop { $0 != "=" }.dropFirst().split(separator: " ").map(String.init) })
        // What the groups of the filter stand for, and what is always allowed.
        let groups = ["@default", "@process", "@basic-io", "@file-system"]
        #expect(allowed.contains("@system-service"))
        let listed = try await ProcessServer.run("systemd-analyze", ["syscall-filter", "--no-pager"] + groups)
        allowed.formUnion(listed.output.split(whereSeparator: \.isWhitespace).map(String.init))
        for call in [
            "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prctl", "prlimit64",
            "close_range",
            "execve", "pidfd_open", "chdir", "wait4",
        ] { #expect(allowed.contains(call), "\(call)") }
    }

    @Test("nginx and the socket unit name the same socket")
    func socketPathsAgree() throws {
        let unit = try PackageRoot.text(of: "systemd/carrel.socket")
        let listen = unit.split(separator: "\n").first { $0.hasPrefix("ListenStream=") }
        let path = try #require(listen).dropFirst("ListenStream=".count)
        #expect(try PackageRoot.text(of: "nginx/carrel-socket.conf").contains("\nserver unix:\(path);\n"))
    }

    @Test("every line of the sample environment file is a comment or a setting")
    func environmentFileHasOnlySettings() throws {
        for line in try PackageRoot.text(of: "systemd/carrel.env").split(separator: "\n") where !line.hasPrefix("# ") {
            let name = line.drop { $0 == "#" }.prefix { $0 != "=" }
            let isName = name.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
            #expect(line == "#" || (isName && line.contains("=")), "\(line)")
        }
    }
}
