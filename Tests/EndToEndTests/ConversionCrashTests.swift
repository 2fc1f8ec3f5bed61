import Foundation
import Glibc
import OrderedJSON
import TestSupport
import Testing

@Suite("kill -9 in the middle of a conversion", .timeLimit(.minutes(3)))
struct ConversionCrashTests {
    @Test("ends the converter program with the server, even one that hangs")
    func converterEnds() async throws {
        let site = try await Site()
        // A second of work, so that the program can be caught at it.
        let file = Array("{\\rtf1 \(String(repeating: "\\b tide\\par ", count: 400_000))}".utf8)
        async let answer = site.upload(file, "filename=\"long.rtf\"")
        let server = site.server.identifier
        // Once it has restricted itself and become the converter.
        let converter = try await Self.look(site, "a converter program") {
            Self.processes().first { Self.parent($0) == server && Self.program($0)?.hasPrefix("perl") == true }
        }
        // From now on it never ends by itself.
        #expect(kill(converter, SIGSTOP) == 0)
        defer { kill(converter, SIGKILL) }
        #expect(await site.server.crash() == 137)
        // nginx answers for the dead server.
        #expect(try await answer.status == 502)
        try await Self.look(site, "the end of the converter") { Self.program(converter) == nil ? converter : nil }

        try await site.restart()
        let again = try await site.upload(Array("{\\rtf1 tide}".utf8), "filename=\"short.rtf\"")
        #expect(again.json["documents"]?[0]?["pageContent"] == "tide")
    }

    /// Looks between requests, which nginx answers with and without a server.
    @discardableResult
    private static func look(_ site: Site, _ what: String, for process: () -> Int32?) async throws -> Int32 {
        try await Retry.until(what) { () async throws -> Int32? in
            if let found = process() { return found }
            _ = try await site.nginx.request("GET", "/api/ping", scheme: .http)
            return nil
        }
    }

    private static func processes() -> [Int32] {
        // Without /proc there is no process to find, and the test fails.
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// Name of the program that a process runs; nil when it has ended, though nobody may have taken note of that yet.
    private static func program(_ process: Int32) -> String? {
        // A process that has ended has no program.
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
        return path.map { ($0 as NSString).lastPathComponent }
    }

    /// proc(5): the second field behind the name in parentheses.
    private static func parent(_ process: Int32) -> Int32? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return text.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
    }
}
