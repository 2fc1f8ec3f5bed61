import Testing

@testable import Workspaces

@Suite("A text cut to a number of UTF-16 units")
struct UTF16PrefixTests {
    @Test(
        "never ends with half a character beyond the basic plane",
        arguments: [
            ("abc", 2, "ab"), ("abc", 3, "abc"), ("abc", 9, "abc"), ("", 0, ""), ("abc", 0, ""), ("a😀b", 1, "a"),
            ("a😀b", 2, "a"),
            ("a😀b", 3, "a😀"), ("😀", 1, ""), ("e\u{301}x", 1, "e"), ("日本語", 2, "日本"),
        ])
    func prefix(text: String, length: Int, expected: String) {
        #expect(Array(text.prefix(utf16Length: length).utf8) == Array(expected.utf8))
    }
}
