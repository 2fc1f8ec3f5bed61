import Foundation
import Glibc
import TestSupport
import Testing

/// `carrel keys` when nginx, the database or the folder is not as it should be.
@Suite("Keys in trouble")
struct KeyFaultTests {
    private struct Fixture {
        let folder: TemporaryDirectory
        var settings: [String: String]

        init() throws {
            folder = try TemporaryDirectory()
            settings = CarrelProgram.settings(in: folder)
        }

        func keys(_ arguments: String..., reload: String = "", input: String = "") async throws -> ProcessResult {
            let environment = settings.merging(["CARREL_NGINX_RELOAD": reload]) { $1 }
            return try await ProcessServer.run(
                CarrelProgram.path, ["keys"] + arguments, environment: environment, input: Array(input.utf8))
        }

        /// The ids in nginx's map.
        func published() throws -> [String] {
            try String(contentsOfFile: folder.file("keys.map"), encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }
                .compactMap { line in line.split(separator: "\"").last { $0 != ";" }.map(String.init) }
        }
    }

    @Test("a key is shown although nginx could not be told, and publish tells it")
    func createdWithoutNginx() async throws {
        let fixture = try Fixture()
        let created = try await fixture.keys("create", reload: "exit 7")
        #expect(created.status != 0)
        #expect(created.trimmedOutput.wholeMatch(of: #/[0-9A-Z]{7}(-[0-9A-Z]{7}){3}/#) != nil)
        #expect(created.errors.contains("`exit 7` failed with exit code 7"))
        let told = fixture.folder.file("told")
        let published = try await fixture.keys("publish", reload: "touch \(told)")
        #expect(published.status == 0, "\(published.errors)")
        #expect(FileManager.default.fileExists(atPath: told))
        #expect(try fixture.published() == ["1"])
    }

    @Test("a revocation that nginx was not told of is told when it is tried again")
    func revokedWithoutNginx() async throws {
        var fixture = try Fixture()
        _ = try await fixture.keys("create")
        let map = fixture.settings["CARREL_NGINX_KEY_MAP"]
        fixture.settings["CARREL_NGINX_KEY_MAP"] = "/proc/none/keys.map"
        let revoked = try await fixture.keys("revoke", "1")
        #expect(revoked.status != 0)
        #expect(revoked.errors.contains("revoked ones too"))
        #expect(try fixture.published() == ["1"])
        fixture.settings["CARREL_NGINX_KEY_MAP"] = map
        let again = try await fixture.keys("revoke", "1")
        #expect(again.errors.contains("There is no key 1."))
        #expect(try fixture.published() == [])
    }

    @Test("a key of one's own comes from a file or standard input, where no other user sees it")
    func keyFile() async throws {
        let fixture = try Fixture()
        let file = try fixture.folder.write("from-a-file-0123\n", to: "key")
        #expect(try await fixture.keys("create", "--key-file", file).trimmedOutput == "from-a-file-0123")
        let piped = try await fixture.keys("create", "--key-file", "-", input: "from-a-pipe-0123\n")
        #expect(piped.trimmedOutput == "from-a-pipe-0123")
        let missing = try await fixture.keys("create", "--key-file", fixture.folder.file("none"))
        #expect(missing.status == 64)
        #expect(missing.errors.contains(fixture.folder.file("none")))
        #expect(try await fixture.keys("create", "--key-file", file, "--key", "two-of-them-0123").status == 64)
        #expect(try fixture.published() == ["1", "2"])
    }

    @Test("what the database has for a hash and is none does not become configuration of nginx")
    func injectedHash() async throws {
        let fixture = try Fixture()
        _ = try await fixture.keys("create")
        let before = try fixture.published()
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.execute("UPDATE keys SET hash = 'x\\" \\"1\\"; } server { listen 1; } map a $b { \\"y'")
            database.commit()
            """
        let changed = try await ProcessServer.run(
            "/usr/bin/python3", ["-c", script, fixture.folder.file("storage/carrel.db")])
        #expect(changed.status == 0, "\(changed.errors)")
        let told = fixture.folder.file("told")
        let published = try await fixture.keys("publish", reload: "touch \(told)")
        #expect(published.status != 0)
        #expect(published.errors.contains("the hash of key 1 is none"))
        #expect(try fixture.published() == before)
        #expect(!FileManager.default.fileExists(atPath: told))
    }

    @Test("a database in a folder that others can look into cannot be read by them")
    func modes() async throws {
        let fixture = try Fixture()
        let storage = fixture.folder.file("storage")
        try FileManager.default.createDirectory(
            atPath: storage, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        _ = try await fixture.keys("create")
        let attributes = try FileManager.default.attributesOfItem(atPath: storage + "/carrel.db")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    /// The user `nobody`, in place of the service's.
    private static let service: uid_t = 65_534

    @Test(
        "root follows no link out of the service's folder, and leaves it nothing of its own",
        .enabled(if: geteuid() == 0))
    func links() async throws {
        let fixture = try Fixture()
        let storage = fixture.folder.file("storage")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder.path)
        try FileManager.default.createDirectory(
            atPath: storage, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let secret = try fixture.folder.write("root's alone", to: "secret")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        // What a service that has been taken over may prepare.
        for (name, target) in [("carrel.db-links", secret), ("carrel.lock", fixture.folder.file("made"))] {
            try FileManager.default.createSymbolicLink(atPath: storage + "/" + name, withDestinationPath: target)
        }
        #expect(chown(storage, Self.service, Self.service) == 0)

        let created = try await fixture.keys("create")
        #expect(created.status == 0, "\(created.errors)")
        #expect(try Self.owner(secret) == 0)
        #expect(try Self.owner(storage + "/carrel.db") == Self.service)
        #expect(try Self.owner(fixture.folder.file("keys.map")) == 0)

        let database = fixture.folder.file("made.db")
        try FileManager.default.removeItem(atPath: storage + "/carrel.db")
        try FileManager.default.createSymbolicLink(atPath: storage + "/carrel.db", withDestinationPath: database)
        #expect(try await fixture.keys("create").status != 0)
        #expect(!FileManager.default.fileExists(atPath: database))
        let source = try await foreignStorage(in: fixture.folder)
        let imported = try await CarrelProgram.run(
            "import", "anythingllm", "--storage", source, environment: fixture.settings)
        #expect(imported.status != 0)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("made")))
    }

    /// An empty storage of AnythingLLM.
    private func foreignStorage(in folder: TemporaryDirectory) async throws -> String {
        let path = folder.file("foreign")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let script = """
            import sqlite3, sys
            for table in ["workspaces", "workspace_documents", "workspace_chats", "system_settings"]:
                sqlite3.connect(sys.argv[1]).execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY)")
            """
        let made = try await ProcessServer.run("/usr/bin/python3", ["-c", script, path + "/anythingllm.db"])
        #expect(made.status == 0, "\(made.errors)")
        return path
    }

    private static func owner(_ path: String) throws -> uid_t {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.ownerAccountID] as? NSNumber)?.uint32Value ?? .max
    }
}
