import LibraryClient
import Testing

@Suite("What changed in a folder")
struct FolderChangeTests {
    private static func file(_ hash: String, _ stamp: Int = 1) -> WatchedFile {
        WatchedFile(stamp: FileStamp(size: 1, modified: stamp), hash: hash, docpaths: ["f/" + hash])
    }

    private static func stamps(_ stamps: [String: Int]) -> [String: FileStamp] {
        stamps.mapValues { FileStamp(size: 1, modified: $0) }
    }

    /// Known files by path with hash and stamp 1; found files by path with stamp; contents by path; what is to be done.
    static let cases: [([String: String], [String: Int], [String: String], [FolderChange])] = [
        ([:], [:], [:], []),
        (["a": "x"], ["a": 1], [:], []),
        ([:], ["b": 1, "a": 1], ["a": "x", "b": "x"], [.add("a"), .add("b")]),
        (["a": "x"], ["a": 2], ["a": "y"], [.replace("a")]),
        (["a": "x"], ["a": 2], ["a": "x"], [.touch("a")]),
        (["a": "x", "b": "y"], [:], [:], [.remove("a"), .remove("b")]),
        (["a": "x"], ["b": 2], ["b": "x"], [.move(from: "a", to: "b")]),
        (["a": "x"], ["b": 2], ["b": "y"], [.add("b"), .remove("a")]),
        // One of two equal files moves, the first; a third copy is new.
        (["a": "x", "b": "x"], ["c": 1], ["c": "x"], [.move(from: "a", to: "c"), .remove("b")]),
        (["a": "x"], ["b": 1, "c": 1], ["b": "x", "c": "x"], [.move(from: "a", to: "b"), .add("c")]),
        // Names exchanged: both paths are known, so both contents are sent.
        (["a": "x", "b": "y"], ["a": 2, "b": 2], ["a": "y", "b": "x"], [.replace("a"), .replace("b")]),
        // A file that cannot be read now is neither sent nor removed.
        (["a": "x"], ["a": 2, "b": 1], [:], []),
    ]

    @Test("is told from content, not from dates", arguments: cases)
    func changes(
        known: [String: String], found: [String: Int], contents: [String: String], expected: [FolderChange]
    ) {
        let changes = FolderChange.all(
            from: known.mapValues { Self.file($0) }, to: Self.stamps(found), hash: { contents[$0] })
        #expect(changes == expected)
    }

    @Test("reads only files whose stamp is new")
    func reads() {
        var read: [String] = []
        _ = FolderChange.all(
            from: ["a": Self.file("x"), "b": Self.file("y")], to: Self.stamps(["a": 1, "b": 2, "c": 1]),
            hash: {
                read.append($0)
                return "z"
            })
        #expect(read == ["b", "c"])
    }
}
