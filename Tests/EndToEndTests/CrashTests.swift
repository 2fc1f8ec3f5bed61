import Foundation
import OrderedJSON
import TestSupport
import Testing

@Suite("kill -9 in the middle of update-embeddings", .timeLimit(.minutes(3)))
struct CrashTests {
    /// Three documents of three batches each.
    private static let documents = 3

    @Test(
        "while a batch is waited for: the documents before it are there, the others are not",
        arguments: [1, 2, 3, 4, 6, 7, 9])
    func whileWaiting(batch: Int) async throws {
        let held = try await crash(at: .waiting(at: batch))
        #expect(held == (batch - 1) / CrashLibrary.batches)
    }

    /// The crash comes while the answer is read, the transaction runs, or the next batch is asked for.
    @Test(
        "right after a batch was answered: each document is there as a whole or not at all",
        arguments: [2, 3, 3, 5, 6, 6, 8, 9, 9])
    func afterAnAnswer(batch: Int) async throws {
        let held = try await crash(at: .answered(batch))
        #expect(held >= (batch - 1) / CrashLibrary.batches)
    }

    @Test("while the transaction is written to the disk", arguments: 0..<4)
    func whileCommitting(_: Int) async throws {
        _ = try await crash(at: .answered(CrashLibrary.batches), onWriteTo: "storage/carrel.db-wal")
    }

    /// Kills the server at `stop`, starts it again and checks that everything agrees and goes on.
    ///
    /// - Parameter file: the kill waits until it is written to after `stop`.
    /// - Returns: how many documents the workspace held after the crash.
    private func crash(at stop: EmbeddingUpstream.Stop, onWriteTo file: String? = nil) async throws -> Int {
        let (failing, sound) = (try EmbeddingUpstream(stop), try EmbeddingUpstream())
        defer { for upstream in [failing, sound] { upstream.stop() } }
        let site = try await Site(failing.settings)
        let slug = try await site.workspace("Crash")
        let library = try await CrashLibrary(site, documents: Self.documents)
        let before = file.map { Self.state(site.folder.file($0)) }

        async let interrupted = site.post("workspace/\(slug)/update-embeddings", library.adds)
        await failing.reached.opened()
        if let file, let before {
            // Tens of seconds at most; the file is written to as soon as the answer has been read.
            for _ in 0..<1_000_000 where Self.state(site.folder.file(file)) == before { await Task.yield() }
            #expect(Self.state(site.folder.file(file)) != before)
        }
        #expect(await site.server.crash() == 137)
        // nginx answers for the dead server, unless that was quicker with its own answer.
        #expect([200, 502].contains(try await interrupted.status))

        try await site.restart(sound.settings)
        let held = try await library.checkAgreement(site, slug)
        #expect(held == Array(library.docpaths.prefix(held.count)))
        let missing = JSONValue.array(library.docpaths.dropFirst(held.count).map(JSONValue.string))
        #expect(try await site.post("workspace/\(slug)/update-embeddings", ["adds": missing]).status == 200)
        #expect(try await library.checkAgreement(site, slug) == library.docpaths)
        return held.count
    }

    /// Length and time of the last change: a log that starts from its beginning does not grow.
    private static func state(_ path: String) -> [Int] {
        var status = stat()
        // No file: nothing has been written yet.
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
}
