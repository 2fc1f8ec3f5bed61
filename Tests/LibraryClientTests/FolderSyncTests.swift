import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LibraryClient

@Suite("Keeping a workspace in step with a folder")
struct FolderSyncTests {
    private final class Events: Sendable {
        private let events = Mutex<[FolderSync.Event]>([])

        var all: [FolderSync.Event] { events.withLock { $0 } }
        func add(_ event: FolderSync.Event) { events.withLock { $0.append(event) } }
    }

    /// A folder, a library, and what was reported.
    private final class Fixture {
        let directory: TemporaryDirectory
        let state: TemporaryDirectory
        let library = FakeLibrary()
        let events = Events()
        var clock = 1_000_000_000

        init() throws {
            directory = try TemporaryDirectory()
            state = try TemporaryDirectory()
        }

        var stateFile: URL { URL(filePath: state.file("state.json")) }

        /// A new watch, as after a restart.
        func sync(mayBeEmpty: Bool = false) throws -> FolderSync {
            FolderSync(
                library: library, workspace: "notes", root: directory.path,
                state: try WatchState.load(stateFile) ?? WatchState(folder: "watch-1"), stateFile: stateFile,
                mayBeEmpty: mayBeEmpty)
        }

        func pass(_ sync: inout FolderSync) async throws {
            let events = events
            try await sync.pass(FolderScan(root: directory.path)) { events.add($0) }
        }

        /// Writes a file with a date of its own, whatever the clock's grain.
        func write(_ text: String, _ name: String) throws {
            try directory.write(text, to: name)
            clock += 10
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(clock))], ofItemAtPath: directory.file(name))
        }

        var failures: [String] {
            events.all.compactMap { if case .failed(let path, _) = $0 { path } else { nil } }
        }
    }

    @Test("adds, replaces, renames and removes, each once")
    func life() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("one", "a.txt")
        try fixture.write("two", "b.txt")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["one", "two"])
        let calls = fixture.library.log.count
        try await fixture.pass(&sync)
        #expect(fixture.library.log.count == calls)

        try fixture.write("three", "a.txt")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["three", "two"])
        // The new content was searchable before the old one went.
        #expect(fixture.library.log.suffix(3) == ["upload a.txt", "embed", "remove 1"])

        try FileManager.default.moveItem(
            atPath: fixture.directory.file("a.txt"), toPath: fixture.directory.file("c.txt"))
        try await fixture.pass(&sync)
        #expect(fixture.library.log.last == "remove 1")
        try FileManager.default.removeItem(atPath: fixture.directory.file("c.txt"))
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["two"])
        #expect(Set(sync.state.files.keys) == ["b.txt"])
        #expect(try WatchState.load(fixture.stateFile) == sync.state)
    }

    @Test("a restart sends nothing again and sees what changed meanwhile")
    func restart() async throws {
        let fixture = try Fixture()
        var first = try fixture.sync()
        try fixture.write("one", "a.txt")
        try fixture.write("two", "b.txt")
        try await fixture.pass(&first)
        try fixture.write("two, changed", "b.txt")
        try fixture.write("three", "c.txt")
        var second = try fixture.sync()
        try await fixture.pass(&second)
        #expect(fixture.library.contents == ["one", "three", "two, changed"])
        #expect(fixture.library.log.filter { $0 == "upload a.txt" }.count == 1)
    }

    @Test("the server goes away at each call in turn, and in the end everything is there exactly once")
    func interruptions() async throws {
        for calls in 0..<14 {
            let fixture = try Fixture()
            var sync = try fixture.sync()
            try fixture.write("old", "a.txt")
            try fixture.write("gone", "b.txt")
            try await fixture.pass(&sync)
            try fixture.write("new", "a.txt")
            try fixture.write("added", "c.txt")
            try FileManager.default.removeItem(atPath: fixture.directory.file("b.txt"))
            fixture.library.change { $0.callsLeft = calls }
            do {
                try await fixture.pass(&sync)
            } catch let error as LibraryClientError {
                #expect(error.code == .unreachable)
            }
            fixture.library.change { $0.callsLeft = nil }
            // Once the same process goes on, once another takes over.
            if calls % 2 == 0 { sync = try fixture.sync() }
            try await fixture.pass(&sync)
            #expect(fixture.library.contents == ["added", "new"], "after \(calls) calls")
            #expect(fixture.library.documents.count == 2, "after \(calls) calls")
        }
    }

    @Test("a crash between upload and note leaves a stray, which the next start removes")
    func strays() async throws {
        let fixture = try Fixture()
        try fixture.write("one", "a.txt")
        fixture.library.change { state in
            state.documents["watch-1/stray.json"] = FakeLibrary.Document(content: "one", workspaces: ["notes"])
            state.documents["elsewhere/other.json"] = FakeLibrary.Document(content: "other", workspaces: ["notes"])
        }
        var sync = try fixture.sync()
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["one", "other"])
        #expect(fixture.events.all.contains(.removedStrays(1)))
    }

    @Test("a document that somebody removed from the library is sent again at the next start")
    func removedElsewhere() async throws {
        let fixture = try Fixture()
        try fixture.write("one", "a.txt")
        var sync = try fixture.sync()
        try await fixture.pass(&sync)
        fixture.library.change { $0.documents = [:] }
        var next = try fixture.sync()
        try await fixture.pass(&next)
        #expect(fixture.library.contents == ["one"])
    }

    @Test("a file that the server refuses is told once and tried again only when it has changed")
    func refused() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("bad", "a.bin")
        try fixture.write("unsearchable", "b.txt")
        try fixture.write("fine", "c.txt")
        fixture.library.change { state in
            state.unconvertible = ["bad"]
            state.unembeddable = ["unsearchable"]
        }
        for _ in 0..<3 { try await fixture.pass(&sync) }
        #expect(fixture.failures == ["a.bin", "b.txt"])
        #expect(fixture.library.documents.values.map(\.content) == ["fine"])
        try fixture.write("good", "a.bin")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["fine", "good"])
    }

    @Test("when a new content is refused the old one stays")
    func refusedReplacement() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("good", "a.txt")
        try await fixture.pass(&sync)
        fixture.library.change { $0.unconvertible = ["bad"] }
        try fixture.write("bad", "a.txt")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["good"])
        try FileManager.default.removeItem(atPath: fixture.directory.file("a.txt"))
        try fixture.write("other", "z.txt")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["other"])
    }

    @Test("a workspace that was deleted stops the watch instead of refusing every file")
    func workspaceGone() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("one", "a.txt")
        fixture.library.change { $0.workspaces = [] }
        let error = await #expect(throws: LibraryClientError.self) { try await fixture.pass(&sync) }
        #expect(error?.code == .unknownWorkspace)
        #expect(sync.state.files.isEmpty)
    }

    @Test("an empty folder removes nothing unless it is meant")
    func emptyFolder() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("one", "a.txt")
        try await fixture.pass(&sync)
        try FileManager.default.removeItem(atPath: fixture.directory.file("a.txt"))
        let error = await #expect(throws: LibraryClientError.self) { try await fixture.pass(&sync) }
        #expect(error?.message.contains("--allow-empty") == true)
        #expect(fixture.library.contents == ["one"])
        var meant = try fixture.sync(mayBeEmpty: true)
        try await fixture.pass(&meant)
        #expect(fixture.library.contents.isEmpty)
    }
}
