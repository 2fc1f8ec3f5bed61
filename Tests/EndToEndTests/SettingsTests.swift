import TestSupport
import Testing

@Suite("Settings")
struct SettingsTests {
    private func config(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> ProcessResult {
        try await ProcessServer.run(CarrelProgram.path, ["config"] + arguments, environment: environment)
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

    @Test("config shows values, defaults and what is not set, and redacts secrets")
    func redaction() async throws {
        let secrets = [
            "OPEN_AI_KEY": "sk-secret-1", "GENERIC_OPEN_AI_API_KEY": "sk-secret-2",
            "GENERIC_OPEN_AI_EMBEDDING_API_KEY": "sk-secret-3", "GENERIC_OPEN_AI_CUSTOM_HEADERS": "X-Key:sk-secret-4",
        ]
        let others = [
            "STORAGE_DIR": "/srv/carrel", "CARREL_MAX_THREADS": "64",
            "GENERIC_OPEN_AI_BASE_PATH": "http://user:sk-secret-5@host.example/v1@2",
        ]
        let result = try await config([], secrets.merging(others) { $1 })
        #expect(result.status == 0)
        let shown = lines(result.output)
        for key in secrets.keys { #expect(shown.contains("\(key)=(redacted)")) }
        #expect(!(result.output + result.errors).contains("sk-secret"))
        #expect(shown.contains("STORAGE_DIR=/srv/carrel"))
        #expect(shown.contains("GENERIC_OPEN_AI_BASE_PATH=http://(redacted)@host.example/v1@2"))
        #expect(shown.contains("CARREL_MAX_THREADS=64"))
        #expect(shown.contains("CARREL_MIN_THREADS=8  # default"))
        #expect(shown.contains("CARREL_SOCKET_GROUP=  # not set"))
    }

    @Test("the environment wins over the file")
    func precedence() async throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(
            "# a comment\nCARREL_MIN_THREADS=3\nCARREL_IDLE_SECONDS=40\nGENERIC_OPEN_AI_API_KEY=sk-in-the-file\n",
            to: "carrel.env")
        let result = try await config(["--env-file", file], ["CARREL_MIN_THREADS": "5"])
        #expect(lines(result.output).contains("CARREL_MIN_THREADS=5"))
        #expect(lines(result.output).contains("CARREL_IDLE_SECONDS=40"))
        #expect(lines(result.output).contains("GENERIC_OPEN_AI_API_KEY=(redacted)"))
        #expect(!result.output.contains("sk-in-the-file"))
    }

    @Test("config refuses what serve would refuse")
    func wrongValue() async throws {
        let result = try await config([], ["CARREL_IDLE_SECONDS": "0"])
        #expect(result.status != 0)
        #expect(result.errors.contains(#"CARREL_IDLE_SECONDS is "0", but must be a whole number from 1 to 86400."#))
    }

    @Test("the README's table of settings is the program's")
    func readme() async throws {
        let readme = try PackageRoot.text(of: "README.md")
        let begin = try #require(readme.firstRange(of: "<!-- settings -->\n"))
        let end = try #require(readme.firstRange(of: "\n<!-- /settings -->"))
        let table = try await config(["--format", "markdown"])
        #expect(table.status == 0)
        #expect(readme[begin.upperBound..<end.lowerBound] == table.trimmedOutput)
    }

    @Test("the sample environment file is the program's, and sets nothing")
    func sampleEnvironment() async throws {
        let sample = try await config(["--format", "environment"])
        #expect(sample.status == 0)
        #expect(try PackageRoot.text(of: "systemd/carrel.env") == sample.output)
        #expect(lines(sample.output).allSatisfy { $0.hasPrefix("#") })
    }
}
