import Foundation
import TestSupport
import Testing

/// Each on a site of its own: when nginx reloads, a worker of nginx 1.22 that waits for nothing, since client and server
/// are both as fast as itself, ends in the middle of a long answer.
@Suite("The life of a key", .timeLimit(.minutes(2)))
struct KeyLifeTests {
    @Test("a key that is created beside the running server works until it is revoked")
    func lifeOfAKey() async throws {
        let site = try await Site()
        let created = try await CarrelProgram.run(
            "keys", "create", "--name", "  for a day  ", environment: site.environment)
        #expect(created.status == 0, "\(created.errors)")
        let key = created.trimmedOutput
        #expect(key.wholeMatch(of: #/[0-9A-HJKMNP-TV-Z]{7}(-[0-9A-HJKMNP-TV-Z]{7}){3}/#) != nil)
        try await becomes(200, key, site)

        let listed = try await CarrelProgram.run("keys", "list", environment: site.environment)
        let line = try #require(listed.output.split(separator: "\n").first { $0.hasSuffix("\tfor a day") })
        #expect(line.wholeMatch(of: #/\d+\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tfor a day/#) != nil)
        #expect(!listed.output.contains(key))

        let map = try String(contentsOfFile: site.folder.file("keys.map"), encoding: .utf8)
        let entries = map.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(entries.allSatisfy { $0.wholeMatch(of: #/"[A-Za-z0-9_-]{43}" "\d+";/#) != nil })
        #expect(!map.contains(key) && !map.contains(site.key))

        let id = String(line.prefix { $0 != "\t" })
        let revoked = try await CarrelProgram.run("keys", "revoke", id, environment: site.environment)
        #expect(revoked.status == 0, "\(revoked.errors)")
        try await becomes(403, key, site)
        #expect(!site.log.contains(key))
        let again = try await CarrelProgram.run("keys", "revoke", id, environment: site.environment)
        #expect(again.status != 0)
        #expect(again.errors.contains("There is no key \(id)."))
    }

    @Test("a key of one's own is taken once, and only when it is one word")
    func ownKey() async throws {
        let site = try await Site()
        func create(_ key: String) async throws -> ProcessResult {
            try await CarrelProgram.run("keys", "create", "--key", key, environment: site.environment)
        }
        #expect(try await create("own-key-0123456789").trimmedOutput == "own-key-0123456789")
        try await becomes(200, "own-key-0123456789", site)
        let again = try await create("own-key-0123456789")
        #expect(again.status != 0)
        #expect(again.errors.contains("exists already"))
        for malformed in ["short", "two words here", "quo\"tation", "schlüssel-zum-haus"] {
            let refused = try await create(malformed)
            #expect(refused.status != 0, "\(malformed)")
            #expect(refused.errors.contains("8 to 128 visible ASCII characters"), "\(malformed)")
        }
    }

    /// nginx reloads in the background.
    private func becomes(_ status: Int, _ key: String, _ site: Site) async throws {
        _ = try await Retry.until("status \(status)") {
            let answer = try await site.nginx.request(
                "GET", "/api/v1/auth", headers: ["Authorization: Bearer \(key)"], scheme: .http)
            return answer.status == status ? answer : nil
        }
    }

    @Test("keys that are created at once in a new storage all work")
    func createdAtOnce() async throws {
        let folder = try TemporaryDirectory()
        let settings = CarrelProgram.settings(in: folder)
        let keys = try await withThrowingTaskGroup(of: ProcessResult.self) { group in
            for _ in 0..<6 {
                group.addTask { try await CarrelProgram.run("keys", "create", environment: settings) }
            }
            return try await group.reduce(into: Set<String>()) { keys, result in
                #expect(result.status == 0, "\(result.errors)")
                keys.insert(result.trimmedOutput)
            }
        }
        #expect(keys.count == 6)
        let listed = try await CarrelProgram.run("keys", "list", environment: settings)
        #expect(listed.output.split(separator: "\n").count == 6)
        // The last to write it saw all keys.
        let map = try String(contentsOfFile: folder.file("keys.map"), encoding: .utf8)
        #expect(map.split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 6)
    }
}
