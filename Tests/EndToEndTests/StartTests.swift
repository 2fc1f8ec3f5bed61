import Foundation
import TestSupport
import Testing

@Suite("Starting", .timeLimit(.minutes(2)))
struct StartTests {
    /// Runs `serve` in a folder of its own; with settings that are right it would not end.
    private func serve(_ folder: TemporaryDirectory, _ changes: [String: String]) async throws -> ProcessResult {
        let settings = CarrelProgram.settings(in: folder).merging(changes) { $1 }
        return try await CarrelProgram.run("serve", environment: settings)
    }

    @Test("a second server on the same storage is refused, and the first serves on")
    func oneServerForAStorage() async throws {
        let site = try await Site()
        let second = try await CarrelProgram.run(
            "serve",
            environment: site.environment.merging(["CARREL_LISTEN": "unix:" + site.folder.file("second")]) { $1 })
        #expect(second.status != 0)
        let storage = site.folder.file("storage")
        #expect(second.errors.contains("Another carrel serve uses \(storage)"))
        #expect(second.errors.contains("set another STORAGE_DIR"))
        #expect(try await site.get("auth").status == 200)
    }

    @Test("a second server on the same socket is refused")
    func oneServerForASocket() async throws {
        let site = try await Site()
        let second = try await CarrelProgram.run(
            "serve", environment: site.environment.merging(["STORAGE_DIR": site.folder.file("other")]) { $1 })
        #expect(second.status != 0)
        #expect(second.errors.contains("another process answers on unix:\(site.socket)"))
        #expect(try await site.get("auth").status == 200)
    }

    @Test(
        "a wrong setting stops the start and is named with its value and its rule",
        arguments: [
            ("CARREL_MAX_THREADS", "0", "a whole number from 1 to 65536"),
            ("CARREL_MIN_THREADS", "many", "a whole number from 1 to 65536"),
            ("CARREL_MAX_THREADS", "7", "at least CARREL_MIN_THREADS, which is 8"),
            ("CARREL_DRAIN_SECONDS", "-1", "a whole number from 0 to 3600"),
            ("CARREL_LISTEN", "0.0.0.0:9000", "`systemd`, `unix:/path` or `tcp:127.0.0.1:port`"),
            ("CARREL_LISTEN", "tcp:192.0.2.1:9000", "`systemd`, `unix:/path` or `tcp:127.0.0.1:port`"),
            ("CARREL_SOCKET_MODE", "rw-rw----", "an octal mode such as 660"),
            ("CARREL_SOCKET_GROUP", "no-such-group", "the name of a group of this system"),
            ("CARREL_LOG_LEVEL", "loud", "one of `trace`, `debug`"),
            ("EMBEDDING_ENGINE", "magic", "one of `native`, `openai`, `azure`,"),
            ("GENERIC_OPEN_AI_BASE_PATH", "localhost:8080", "a URL that begins with http:// or https://"),
        ])
    func wrongSetting(key: String, value: String, rule: String) async throws {
        let folder = try TemporaryDirectory()
        let engine = ["EMBEDDING_ENGINE": "generic-openai"]
        let result = try await serve(folder, engine.merging([key: value]) { $1 })
        #expect(result.status != 0)
        #expect(result.errors.contains("\(key) is \"\(value)\", but must be \(rule)"), "\(result.errors)")
    }

    @Test("the value of a secret is not shown when it is wrong")
    func wrongSecretIsNotShown() async throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("OPEN_AI_KEY=sk-hidden\nCARREL_IDLE_SECONDS=x\n", to: "carrel.env")
        let result = try await CarrelProgram.run("serve", "--env-file", file)
        #expect(result.status != 0)
        #expect(result.errors.contains("CARREL_IDLE_SECONDS is \"x\""))
        #expect(!result.errors.contains("sk-hidden"))
    }

    @Test("an environment file that does not exist stops the start and is named")
    func missingEnvironmentFile() async throws {
        let result = try await CarrelProgram.run("serve", "--env-file", "/nonexistent/carrel.env")
        #expect(result.status != 0)
        #expect(result.errors.contains("/nonexistent/carrel.env"))
    }

    @Test(
        "missing, truncated and foreign model files stop the start and name `carrel model fetch`",
        arguments: ["no folder", "no vocabulary", "no weights", "truncated", "empty", "foreign", "foreign vocabulary"])
    func brokenModel(fault: String) async throws {
        let model = try CarrelProgram.modelFolder()
        let folder = try TemporaryDirectory()
        let copy = folder.file("model")
        if fault != "no folder" {
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            for name in ["model.safetensors", "vocab.txt"] {
                try FileManager.default.createSymbolicLink(
                    atPath: copy + "/" + name, withDestinationPath: model + "/" + name)
            }
        }
        var named = copy + "/model.safetensors"
        switch fault {
        case "no vocabulary": named = copy + "/vocab.txt"
        case "truncated":
            let whole = try #require(FileHandle(forReadingAtPath: named))
            try replace(named, with: #require(try whole.read(upToCount: 1 << 20)))
        case "empty": try replace(named, with: Data())
        case "foreign": try replace(named, with: Data("<!DOCTYPE html><title>404</title>".utf8))
        case "foreign vocabulary":
            named = copy + "/vocab.txt"
            try replace(named, with: Data("these\nare\nwords\n".utf8))
        default: break
        }
        if fault.hasPrefix("no "), fault != "no folder" { try FileManager.default.removeItem(atPath: named) }
        let result = try await serve(folder, ["CARREL_MODEL_DIR": copy])
        #expect(result.status != 0)
        #expect(result.errors.contains(named), "\(result.errors)")
        #expect(result.errors.contains("carrel model fetch"), "\(result.errors)")
    }

    private func replace(_ path: String, with data: Data) throws {
        try FileManager.default.removeItem(atPath: path)
        try data.write(to: URL(fileURLWithPath: path))
    }

    @Test("a database that is none stops the start and is named")
    func damagedDatabase() async throws {
        let folder = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: folder.file("storage"), withIntermediateDirectories: true)
        try folder.write(String(repeating: "not a database ", count: 1_000), to: "storage/carrel.db")
        let result = try await serve(folder, ["EMBEDDING_ENGINE": "generic-openai"])
        #expect(result.status != 0)
        #expect(result.errors.contains(folder.file("storage/carrel.db")))
    }

    @Test("a socket that a killed server left behind is replaced")
    func staleSocket() async throws {
        let site = try await Site()
        #expect(await site.server.crash() == 137)
        #expect(FileManager.default.fileExists(atPath: site.socket))
        try await site.restart()
        #expect(try await site.get("auth").status == 200)
    }

    @Test("nobody but the owner can look into the storage, and only the group reads the map of keys")
    func permissions() async throws {
        let site = try await Site()
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: site.folder.file(name))[.posixPermissions] as? Int
        }
        #expect(try mode("storage") == 0o700)
        #expect(try mode("keys.map") == 0o640)
        #expect(try mode("carrel.sock") == 0o660)
    }
}
