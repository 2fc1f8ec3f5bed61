import Documents
import Testing

@Suite("Document paths and file names")
struct DocumentPathTests {
    @Test(
        "paths are normalised, traversal is stripped",
        arguments: [
            ("../../a", "a"), ("a/../../b", "b"), ("/etc/x", "/etc/x"), ("..", ""), ("../..", ""), ("a/", "a/"),
            ("...", "..."), ("  a/b  ", "a/b"), ("a//b/./c", "a/b/c"), ("../evil", "evil"), ("..\\x", "x"),
            ("..\\..\\x", "x"), ("a/..\\b", "a/..\\b"), ("../ a", "a"), ("/../x", "/x"), ("./a", "a"), ("..a", "..a"),
            ("custom-documents/größe.json", "custom-documents/größe.json"),
        ])
    func normalize(_ path: String, _ expected: String) throws {
        #expect(try DocumentPath.normalize(path) == expected)
    }

    @Test("what is left with nothing is refused", arguments: ["", ".", "/", "/..", "   ", "./", "a/..", "//", "../."])
    func invalid(_ path: String) throws {
        if ["./", "../."].contains(path) {
            #expect(["./", ""].contains(try DocumentPath.normalize(path)))
        } else {
            #expect(throws: DocumentPathError.invalidPath) { try DocumentPath.normalize(path) }
        }
        #expect(DocumentPathError.invalidPath.description == "Invalid path.")
    }

    @Test(
        "a location has exactly two segments",
        arguments: [
            ("a/b.json", true), ("custom-documents/raw-x-1.json", true), ("a/b/c.json", false), ("b.json", false),
            ("/b.json", false), ("a/", false), ("a/.json", false), ("a/b.txt", false), ("../b.json", false),
            ("./b.json", false), ("", false), ("a//b.json", false),
        ])
    func location(_ path: String, _ isLocation: Bool) {
        #expect(DocumentPath.location(path)?.path == (isLocation ? path : nil))
    }

    @Test(
        "only paths strictly below the root are inside",
        arguments: [
            ("a", true), ("a/b", true), ("a/", true), ("", false), (".", false), ("/a", false), ("/", false),
            ("../a", false), ("..a", false), ("./", false),
        ])
    func inside(_ path: String, _ expected: Bool) { #expect(DocumentPath.isInsideRoot(path) == expected) }

    @Test(
        "joined to the root, an absolute path is relative", arguments: [("/etc/x", "etc/x"), ("a/", "a"), ("//a", "a")])
    func joined(_ path: String, _ expected: String) { #expect(DocumentPath.relativeToRoot(path) == expected) }

    @Test(
        "file names come from the last component, without forbidden characters",
        arguments: [
            ("../../up.txt", "up.txt"), ("C:\\docs\\a b.txt", "a b.txt"), ("a<b>:\"|?*.txt", "ab.txt"),
            ("\u{201C}q\u{201D}.txt", "q.txt"), ("résumé 你.txt", "résumé 你.txt"), ("?", ""), (" x ", "x"),
        ])
    func original(_ name: String, _ expected: String) throws {
        #expect(try FileName.original(fromClient: name) == expected)
    }

    @Test("names that name nothing are refused", arguments: ["", ".", "..", "a/", "a/.."])
    func noName(_ name: String) {
        #expect(throws: DocumentPathError.invalidPath) { try FileName.original(fromClient: name) }
    }

    @Test(
        "extensions",
        arguments: [
            ("a.TXT", ".txt"), ("a.tar.gz", ".gz"), ("LICENSE", ""), (".bashrc", ""), ("a.", "."), ("", ""),
            ("日.本", ".本"),
        ])
    func extensions(_ name: String, _ expected: String) { #expect(FileName.fileExtension(name) == expected) }
}
