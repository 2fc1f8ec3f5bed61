import Foundation
import OrderedJSON
import TestSupport
import Testing

/// `carrel documents add` and `carrel watch` against a server behind nginx.
@Suite("Files from the command line", .timeLimit(.minutes(3)))
struct DocumentsCommandTests {
    /// A site, its embedder, and how the commands reach it.
    private final class Fixture {
        let upstream: EmbeddingUpstream
        let site: Site
        let files: TemporaryDirectory

        init(_ stop: EmbeddingUpstream.Stop? = nil) async throws {
            upstream = try EmbeddingUpstream(stop)
            site = try await Site(upstream.settings)
            files = try TemporaryDirectory()
        }

        func stop() async {
            await site.server.stop()
            upstream.stop()
        }

        var environment: [String: String] {
            [
                "CARREL_URL": site.nginx.origin(.http), "CARREL_KEY": site.key,
                "XDG_STATE_HOME": site.folder.file("state"),
            ]
        }

        func run(_ arguments: [String], _ changes: [String: String] = [:]) async throws -> ProcessResult {
            try await ProcessServer.run(
                CarrelProgram.path, arguments, environment: environment.merging(changes) { $1 })
        }

        /// The workspace's documents as the API shows them.
        func documents(_ slug: String) async throws -> [JSONValue] {
            try await site.get("workspace/\(slug)").json["workspace"]?[0]?["documents"]?.arrayValue ?? []
        }

        /// Titles of the workspace's documents, sorted.
        func titles(_ slug: String) async throws -> [String] {
            try await documents(slug).map { document in
                let metadata = try JSONParser.parse(document["metadata"]?.stringValue ?? "{}")
                return metadata["title"]?.stringValue ?? ""
            }.sorted()
        }

        /// Texts that the search finds, sorted, without their headers.
        func texts(_ slug: String) async throws -> [String] {
            let body: JSONValue = ["query": "text", "topN": 100, "scoreThreshold": 0]
            let results = try await site.post("workspace/\(slug)/vector-search", body).json["results"]?.arrayValue ?? []
            return results.compactMap { result in
                result["text"]?.stringValue?.split(separator: "</document_metadata>\n\n").last.map(String.init)
            }.sorted()
        }
    }

    @Test("documents add sends files, and names those that the server does not take")
    func add() async throws {
        let fixture = try await Fixture()
        let slug = try await fixture.site.workspace("Notes")
        let good = try fixture.files.write("The ferry leaves at nine.", to: "r\u{E9}sum\u{E9} \"1\".txt")
        let second = try fixture.files.write("Bring a ticket.", to: "second.md")
        let bad = try fixture.files.write([0, 1, 2, 3, 0, 0, 0, 0], to: "bad.xyz")
        let result = try await fixture.run(["documents", "add", good, bad, second, "--workspace", slug])
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("\(bad): "))
        #expect(result.errors.contains("files: 3 of 3"))
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(try await fixture.texts(slug) == ["Bring a ticket.", "The ferry leaves at nine."])
        #expect(!(result.output + result.errors).contains(fixture.site.key))
        let jobs = try await fixture.site.get("jobs").json["jobs"]?.arrayValue
        #expect(jobs?.map { $0["state"] } == ["completed", "completed"])
        await fixture.stop()
    }

    @Test("documents add a second time stores nothing twice, unless it is told to")
    func duplicates() async throws {
        let fixture = try await Fixture()
        let (slug, other) = (try await fixture.site.workspace("Notes"), try await fixture.site.workspace("Other"))
        let file = try fixture.files.write("first text", to: "a.txt")
        func add(_ slug: String, _ more: String...) async throws -> ProcessResult {
            let result = try await fixture.run(["documents", "add", file, "--workspace", slug] + more)
            #expect(result.status == 0, "\(result.errors)")
            return result
        }
        let first = try await add(slug)
        let again = try await add(slug)
        #expect(again.output == first.output)
        #expect(again.errors.contains("documents: 0 new, 0 replaced, 1 there already"))
        #expect(try await fixture.texts(slug) == ["first text"])
        // What is skipped is nevertheless in the workspace.
        #expect(try await add(other).output == first.output)
        #expect(try await fixture.texts(other) == ["first text"])

        try fixture.files.write("second text", to: "a.txt")
        let replaced = try await add(slug, "--on-duplicate", "replace")
        #expect(replaced.output == first.output)
        #expect(replaced.errors.contains("documents: 0 new, 1 replaced, 0 there already"))
        for slug in [slug, other] { #expect(try await fixture.texts(slug) == ["second text"]) }
        #expect(try await add(slug, "--on-duplicate", "keep").output != first.output)
        #expect(try await fixture.texts(slug) == ["second text", "second text"])
        let wrong = try await fixture.run(["documents", "add", file, "--workspace", slug, "--on-duplicate", "never"])
        #expect(wrong.status == 64)
        await fixture.stop()
    }

    @Test("wrong keys, slugs and addresses end with what to do about them, and send nothing")
    func refusals() async throws {
        let fixture = try await Fixture()
        let slug = try await fixture.site.workspace("Notes")
        let file = try fixture.files.write("text", to: "a.txt")
        let keyFile = try fixture.files.write("  \(fixture.site.key)\n", to: "key")
        func add(_ slug: String, _ changes: [String: String], _ more: String...) async throws -> ProcessResult {
            try await fixture.run(["documents", "add", file, "--workspace", slug] + more, changes)
        }
        let wrongKey = try await add(slug, ["CARREL_KEY": "WRONGKEY-WRONGKEY"])
        #expect(wrongKey.status == 1 && wrongKey.errors.contains("carrel keys create"))
        let noKey = try await add(slug, ["CARREL_KEY": ""])
        #expect(noKey.status == 64 && noKey.errors.contains("--key-file"))
        let wrongSlug = try await add("nothing", [:])
        #expect(wrongSlug.status == 1 && wrongSlug.errors.contains("no workspace nothing"))
        let nobody = try await add(slug, ["CARREL_URL": "http://127.0.0.1:\(try FreePort.next())"])
        #expect(nobody.status == 1 && nobody.errors.contains("Is the server running there?"))
        let noAddress = try await add(slug, ["CARREL_URL": "localhost"])
        #expect(noAddress.status == 64)
        let missing = try await fixture.run(["documents", "add", file + "x", "--workspace", slug])
        #expect(missing.status == 64 && missing.errors.contains("There is no file"))
        let right = try await add(slug, ["CARREL_KEY": "WRONGKEY-WRONGKEY"], "--key-file", keyFile)
        #expect(right.status == 0, "\(right.errors)")
        #expect(try await fixture.titles(slug) == ["a.txt"])
        await fixture.stop()
    }

    @Test("watch --once adds, replaces and removes by content")
    func once() async throws {
        let fixture = try await Fixture()
        let slug = try await fixture.site.workspace("Notes")
        try FileManager.default.createDirectory(
            atPath: fixture.files.file("sub"), withIntermediateDirectories: false)
        try fixture.files.write("first text", to: "a.txt")
        try fixture.files.write("second text", to: "sub/b.txt")
        try fixture.files.write("temporary", to: "a.txt~")
        let arguments = ["watch", fixture.files.path, "--workspace", slug, "--once"]
        var result = try await fixture.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await fixture.texts(slug) == ["first text", "second text"])
        let first = try await fixture.documents(slug).first { $0["docpath"]?.stringValue?.contains("/a.txt-") == true }
        try fixture.files.write("third text, longer", to: "a.txt")
        try FileManager.default.moveItem(
            atPath: fixture.files.file("sub/b.txt"), toPath: fixture.files.file("moved.txt"))
        result = try await fixture.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await fixture.texts(slug) == ["second text", "third text, longer"])
        // It is the same document of the workspace, with another content.
        #expect(try await fixture.documents(slug).contains { $0["docId"] == first?["docId"] })
        try FileManager.default.removeItem(atPath: fixture.files.file("moved.txt"))
        result = try await fixture.run(arguments)
        #expect(try await fixture.texts(slug) == ["third text, longer"])
        // The library holds what the folder holds, and nothing of what was.
        #expect(try await fixture.site.get("documents").body.components(separatedBy: "\"docSource\"").count == 2)
        // A workspace made anew under the same slug is given what the library still holds.
        _ = try await fixture.site.request("DELETE", "workspace/\(slug)")
        #expect(try await fixture.site.workspace("Notes") == slug)
        result = try await fixture.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await fixture.texts(slug) == ["third text, longer"])
        await fixture.stop()
    }

    @Test("a watch that is asked to end in the middle of a file ends, and the next one takes the file up")
    func interrupted() async throws {
        let gate = ScriptedHTTPServerGate()
        let fixture = try await Fixture(.gated(at: 1, gate))
        let slug = try await fixture.site.workspace("Notes")
        try fixture.files.write("first text", to: "a.txt")
        try fixture.files.write("second text", to: "b.txt")
        let arguments = ["watch", fixture.files.path, "--workspace", slug]
        let watch = try ProcessServer(CarrelProgram.path, arguments, environment: fixture.environment)
        await fixture.upstream.reached.opened()
        #expect(await watch.stop() == 0)
        #expect(!watch.errors.contains("Next try"))
        gate.open()
        let result = try await fixture.run(arguments + ["--once"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await fixture.texts(slug) == ["first text", "second text"])
        #expect(try await fixture.site.get("documents").body.components(separatedBy: "\"docSource\"").count == 3)
        await fixture.stop()
    }

    @Test("watch follows the folder while the server goes and comes, and ends when it is asked to")
    func follow() async throws {
        let fixture = try await Fixture()
        let slug = try await fixture.site.workspace("Notes")
        try fixture.files.write("first text", to: "a.txt")
        let watch = try ProcessServer(
            CarrelProgram.path, ["watch", fixture.files.path, "--workspace", slug], environment: fixture.environment)
        func holds(_ texts: [String]) async throws {
            _ = try await Retry.until("\(texts)") { try await fixture.texts(slug) == texts ? true : nil }
        }
        try await holds(["first text"])
        try fixture.files.write("second text", to: "b.txt")
        try await holds(["first text", "second text"])
        await fixture.site.server.crash()
        try fixture.files.write("third text", to: "c.txt")
        try FileManager.default.removeItem(atPath: fixture.files.file("a.txt"))
        _ = try await Retry.until("notice") { () async throws -> Bool? in
            // A request through nginx takes the time that a look needs.
            _ = try await fixture.site.get("auth")
            return watch.errors.contains("the server is not running") ? true : nil
        }
        try await fixture.site.restart()
        try await holds(["second text", "third text"])
        #expect(await watch.stop() == 0)
        #expect(!watch.errors.contains(fixture.site.key))
        await fixture.stop()
    }
}
