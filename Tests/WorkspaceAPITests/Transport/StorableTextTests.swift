import OrderedJSON
import Testing

@testable import WorkspaceAPI

@Suite("Texts that the database can take")
struct StorableTextTests {
    @Test(
        "NUL becomes U+FFFD, all else stays",
        arguments: [
            ("", ""), ("plain", "plain"), ("\0", "\u{FFFD}"), ("a\0b\0", "a\u{FFFD}b\u{FFFD}"),
            ("\u{1}\u{7F} é 書 😀", "\u{1}\u{7F} é 書 😀"), ("e\u{301}\0", "e\u{301}\u{FFFD}"),
        ])
    func text(given: String, expected: String) {
        #expect(Array(given.storable.utf8) == Array(expected.utf8))
    }

    @Test("texts at any depth are changed, keys too, in their order")
    func object() throws {
        let text = #"{"b\u0000":[1,"\u0000",{"x":"a\u0000"}],"a":null,"c":true}"#
        let given = try #require(JSONParser.parse(text).objectValue)
        let expected = "{\"b\u{FFFD}\":[1,\"\u{FFFD}\",{\"x\":\"a\u{FFFD}\"}],\"a\":null,\"c\":true}"
        #expect(JSONValue.object(given.storable).text == expected)
    }
}
