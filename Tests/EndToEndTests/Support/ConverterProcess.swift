import Foundation
import Glibc
import TestSupport

/// A converter program at work for a site's server, stopped so that it never ends by itself.
struct ConverterProcess {
    /// A file in RTF with a second of work in it, so that the program can be caught at it.
    static let longWork = "{\\rtf1 \(String(repeating: "\\b tide\\par ", count: 400_000))}"

    private let identifier: Int32

    /// Waits for the program and stops it.
    ///
    /// - Parameter program: how its name begins.
    static func held(by site: Site, program name: String) async throws -> ConverterProcess {
        let server = site.server.identifier
        // Once it has restricted itself and become the converter.
        let found = try await look(site, "a converter program") {
            processes().first { parent($0) == server && program($0)?.hasPrefix(name) == true }
        }
        guard Glibc.kill(found, SIGSTOP) == 0 else { throw ConverterProcessGone() }
        return ConverterProcess(identifier: found)
    }

    /// It had ended before it could be stopped.
    private struct ConverterProcessGone: Error {}

    /// Waits until somebody has ended it.
    func ended(_ site: Site) async throws {
        _ = try await Self.look(site, "the end of the converter") {
            Self.program(identifier) == nil ? identifier : nil
        }
    }

    /// For the end of a test that has failed.
    func kill() { _ = Glibc.kill(identifier, SIGKILL) }

    /// Looks between requests, which nginx answers with and without a server.
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
