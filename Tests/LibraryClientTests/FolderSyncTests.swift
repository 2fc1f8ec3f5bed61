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
        let embedded = fixture.events.all.compactMap { event in
            if case .embedding(let path, let progress) = event, progress.documentsTotal == 1 { path } else { nil }
        }
        #expect(embedded == ["a.txt", "b.txt"])
        let calls = fixture.library.log.count
        try await fixture.pass(&sync)
        #expect(fixture.library.log.count == calls)

        try fixture.write("three", "a.txt")
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["three", "two"])
        // In one step, so that there was no moment without either content.
        #expect(Array(fixture.library.log.dropFirst(calls)) == ["replace a.txt"])

        try FileManager.default.moveItem(
            atPath: fixture.directory.file("a.txt"), toPath: fixture.directory.file("c.txt"))
        try await fixture.pass(&sync)
        #expect(fixture.library.log.last == "replace a.txt")
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

    @Test("where one document cannot be replaced, the new ones are searchable before the old ones go")
    func replacedAnew() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        fixture.library.change { $0.several = ["two mails", "two others"] }
        func change(_ text: String) async throws -> [String] {
            let calls = fixture.library.log.count
            try fixture.write(text, "a.mbox")
            try await fixture.pass(&sync)
            return Array(fixture.library.log.dropFirst(calls))
        }
        _ = try await change("one mail")
        let anew = ["upload a.mbox", "embed"]
        #expect(try await change("two mails") == ["replace a.mbox"] + anew + ["remove 1"])
        #expect(try await change("two others") == anew + ["remove 2"])
        #expect(try await change("another mail") == anew + ["remove 2"])
        #expect(fixture.library.contents == ["another mail"])
        // Somebody removes it from the library.
        fixture.library.change { $0.documents = [:] }
        #expect(try await change("a later mail") == ["replace a.mbox"] + anew + ["remove 1"])
        #expect(fixture.library.contents == ["a later mail"])
    }

    @Test("a new watch that is interrupted at each call in turn takes in all that changed while none was running")
    func interruptedStart() async throws {
        var isComplete = false
        for calls in 0..<14 where !isComplete {
            let fixture = try Fixture()
            var first = try fixture.sync()
            for name in ["changed", "gone", "kept", "renamed"] { try fixture.write("old \(name)", name) }
            try await fixture.pass(&first)
            try fixture.write("new changed", "changed")
            try fixture.write("added", "added")
            try FileManager.default.removeItem(atPath: fixture.directory.file("gone"))
            try FileManager.default.moveItem(
                atPath: fixture.directory.file("renamed"), toPath: fixture.directory.file("other"))
            fixture.library.change { $0.callsLeft = calls }
            var second = try fixture.sync()
            do {
                try await fixture.pass(&second)
                isComplete = true
            } catch let error as LibraryClientError {
                #expect(error.code == .unreachable)
            }
            fixture.library.change { $0.callsLeft = nil }
            var third = try fixture.sync()
            try await fixture.pass(&third)
            #expect(
                fixture.library.contents == ["added", "new changed", "old kept", "old renamed"], "after \(calls) calls")
            #expect(fixture.library.documents.count == 4, "after \(calls) calls")
            #expect(fixture.library.log.filter { $0.hasPrefix("upload") }.count <= 6, "after \(calls) calls")
            #expect(Set(third.state.files.keys) == ["added", "changed", "kept", "other"], "after \(calls) calls")
        }
        #expect(isComplete)
    }

    @Test("a workspace that was made anew is given the documents that lie in the library")
    func workspaceAnew() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("one", "a.txt")
        try fixture.write("two", "b.txt")
        try await fixture.pass(&sync)
        fixture.library.change { state in
            for docpath in state.documents.keys { state.documents[docpath]?.workspaces = [] }
            state.unembeddable = ["two"]
        }
        var next = try fixture.sync()
        try await fixture.pass(&next)
        #expect(fixture.library.contents == ["one"])
        #expect(fixture.failures == ["b.txt"])
        fixture.library.change { $0.unembeddable = [] }
        next = try fixture.sync()
        try await fixture.pass(&next)
        #expect(fixture.library.contents == ["one", "two"])
        #expect(fixture.library.log.filter { $0.hasPrefix("upload") }.count == 2)
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

    @Test("a new watch tries refused files once more: what they were refused for may be mended")
    func mended() async throws {
        let fixture = try Fixture()
        var sync = try fixture.sync()
        try fixture.write("old", "a.txt")
        try await fixture.pass(&sync)
        try fixture.write("new", "a.txt")
        try fixture.write("bad", "b.txt")
        fixture.library.change { $0.unconvertible = ["new", "bad"] }
        try await fixture.pass(&sync)
        #expect(fixture.failures == ["a.txt", "b.txt"])
        sync = try fixture.sync()
        for _ in 0..<2 { try await fixture.pass(&sync) }
        #expect(fixture.failures == ["a.txt", "b.txt", "a.txt", "b.txt"])
        #expect(fixture.library.contents == ["old"])
        fixture.library.change { $0.unconvertible = [] }
        sync = try fixture.sync()
        try await fixture.pass(&sync)
        #expect(fixture.library.contents == ["bad", "new"])
        #expect(fixture.library.documents.count == 2)
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
        try await fixture.pass(&sync)
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
