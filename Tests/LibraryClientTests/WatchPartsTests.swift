import Foundation
import Glibc
import TestSupport
import Testing

@testable import LibraryClient

@Suite("The parts of a watch")
struct WatchPartsTests {
    @Test("a burst is over after a quiet time, or after the longest time, and is told once")
    func quietPeriod() {
        var period = QuietPeriod(quiet: 10, longest: 35)
        let early = period.isOver(at: 1_000)
        #expect(period.deadline == nil && !early)
        period.change(at: 100)
        let before = period.isOver(at: 109)
        #expect(period.deadline == 110 && !before)
        period.change(at: 109)
        #expect(period.deadline == 119)
        period.change(at: 118)
        period.change(at: 127)
        #expect(period.deadline == 135)
        let isOver = period.isOver(at: 135)
        #expect(isOver)
        let again = period.isOver(at: 200)
        #expect(period.deadline == nil && !again)
    }

    @Test("pauses grow to a minute and begin anew after success")
    func pauses() {
        var pause = RetryPause()
        var seconds: [Int64] = []
        for _ in 0..<8 { seconds.append(pause.afterFailure().components.seconds) }
        #expect(seconds == [1, 2, 4, 8, 16, 32, 60, 60])
        pause.afterSuccess()
        let anew = pause.afterFailure()
        #expect(anew == .seconds(1))
    }

    @Test(
        "temporary and hidden names are ignored, others are not",
        arguments: [
            (".git", true), (".a.txt.swp", true), ("a.txt~", true), ("~$report.docx", true), (".~lock.a.odt#", true),
            ("a.pdf.crdownload", true), ("a.PART", true), ("#a#", true), ("Thumbs.db", true), ("node_modules", true),
            ("a.txt", false), ("tmp", false), ("part.txt", false), ("r\u{E9}sum\u{E9}.md", false), ("a", false),
        ])
    func ignoredNames(name: String, isIgnored: Bool) {
        #expect(IgnoredNames.contains(name) == isIgnored)
    }

    @Test("a scan finds regular files in all folders, with their stamps")
    func scan() throws {
        let directory = try TemporaryDirectory()
        for folder in ["sub/deep", ".git", "empty"] {
            try FileManager.default.createDirectory(
                atPath: directory.file(folder), withIntermediateDirectories: true)
        }
        for name in ["a.txt", "sub/deep/b.txt", ".git/config", "c.txt~"] { try directory.write("12345", to: name) }
        try directory.write("", to: "nothing.txt")
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("link.txt"), withDestinationPath: directory.file("a.txt"))
        try FileManager.default.createSymbolicLink(atPath: directory.file("loop"), withDestinationPath: directory.path)
        let scan = try FolderScan(root: directory.path)
        #expect(Set(scan.files.keys) == ["a.txt", "sub/deep/b.txt"])
        #expect(scan.files["a.txt"]?.size == 5)
        #expect(scan.folders.sorted() == ["", "/empty", "/sub", "/sub/deep"].map { directory.path + $0 })
        #expect(throws: LibraryClientError.self) { try FolderScan(root: directory.file("missing")) }
    }

    @Test("a state is kept whole, and what is none is refused with advice")
    func state() throws {
        let directory = try TemporaryDirectory()
        let file = URL(filePath: directory.file("deep/state.json"))
        #expect(try WatchState.load(file) == nil)
        var state = WatchState(folder: "watch-notes-1")
        state.files["r\u{E9}sum\u{E9}/a.txt"] = WatchedFile(
            stamp: FileStamp(size: 3, modified: 1_700_000_000_123_456_789), hash: "abc", docpaths: ["f/a.json"])
        try state.save(file)
        #expect(try WatchState.load(file) == state)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("deep")) == ["state.json"])
        for text in ["", "{}", "[1]", #"{"version":2,"folder":"x","files":{}}"#] {
            try directory.write(text, to: "deep/state.json")
            let error = #expect(throws: LibraryClientError.self) { try WatchState.load(file) }
            #expect(error?.message.contains("--state") == true)
        }
    }

    @Test("the kernel's events are read one after the other")
    func inotifyBuffer() {
        func event(_ mask: Int32, _ name: String, padding: Int = 0) -> [UInt8] {
            let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: padding)
            return [1, 0, 0, 0].map { UInt8($0) } + Self.word(UInt32(mask)) + Self.word(0)
                + Self.word(UInt32(bytes.count))
                + bytes
        }
        let bytes = event(256, "a.txt", padding: 11) + event(64, "") + event(128, "bb", padding: 2)
        let events = bytes.withUnsafeBytes { InotifyBuffer.events($0) }
        #expect(events == [.init(mask: 256, name: "a.txt"), .init(mask: 64, name: ""), .init(mask: 128, name: "bb")])
        // A cut buffer ends without reading past it.
        #expect(bytes.prefix(20).withUnsafeBytes { InotifyBuffer.events($0) }.count == 1)
        #expect(Array(bytes.prefix(15)).withUnsafeBytes { InotifyBuffer.events($0) }.isEmpty)
        #expect(!InotifyBuffer.matter([.init(mask: 256, name: "a.txt~")]))
        #expect(InotifyBuffer.matter([.init(mask: 256, name: "a.txt~"), .init(mask: UInt32(IN_Q_OVERFLOW), name: "")]))
    }

    private static func word(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> ($0 * 8) & 255) } }

    @Test("changes in watched folders are told after the burst", .timeLimit(.minutes(1)))
    func events() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.file("sub"), withIntermediateDirectories: false)
        let events = try FolderEvents()
        try events.watch([directory.path, directory.file("sub"), directory.file("gone")])
        var bursts = events.bursts(QuietPeriod(quiet: 1_000_000, longest: 10_000_000)).makeAsyncIterator()
        for name in ["sub/a.txt", "b.txt"] {
            try directory.write("text", to: name)
            #expect(await bursts.next() != nil)
        }
        try FileManager.default.removeItem(atPath: directory.file("sub/a.txt"))
        #expect(await bursts.next() != nil)
    }
}
