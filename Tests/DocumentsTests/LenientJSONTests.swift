import Documents
import OrderedJSON
import Testing
import TestSupport

@Suite("JSON as people type it")
struct LenientJSONTests {
    @Test(
        "strict, repaired, embedded, nothing",
        arguments: [
            (#"{"a":1}"#, ["a": 1]), ("{'a': 'b'}", ["a": "b"]), ("{a: 1, b: true,}", ["a": 1, "b": true]),
            (#"{"a": "b""#, ["a": "b"]), (#"{"a": "b"#, ["a": "b"]), ("[1, 2,", [1, 2]),
            ("{'x': True, 'y': None, 'z': False}", ["x": true, "y": .null, "z": false]),
            ("{ // note\n a: 1 /* two */, # three\n b: 2 }", ["a": 1, "b": 2]),
            ("{title: My notes, url: https://x.test/a}", ["title": "My notes", "url": "https://x.test/a"]),
            ("{\u{201C}a\u{201D}: \u{2018}b\u{2019}}", ["a": "b"]),
            ("{a: {b: [1, {c: 2}", ["a": ["b": [1, ["c": 2]]]]),
            (#"{"a": "x\"y\n\u00e9"}x"#, ["a": "x\"y\né"]), ("{a:}", ["a": .null]), ("{a}", ["a": .null]),
            ("{\"a\":1 \"b\":2}", ["a": 1, "b": 2]), ("[1 ]]", [1]), ("{", [:]), ("[", []), ("[}", []), ("{]", [:]),
            (#"text {"a":{"b":1}} more"#, ["a": ["b": 1]]), ("see [1,2] there", [1, 2]), ("no json", [:]), ("", [:]),
            ("5", 5), ("null", .null), (#"x {bad} then {"ok":"}"}"#, ["ok": "}"]),
            ("{a: -1.5, b: +2, c: 1x}", ["a": -1.5, "b": 2, "c": "1x"]),
        ] as [(String, JSONValue)])
    func parses(_ text: String, _ expected: JSONValue) {
        #expect(LenientJSON.parse(text) == expected)
        #expect(LenientJSON.object(text) == expected.objectValue ?? [:])
    }

    @Test(
        "nests without end, and work stays bounded", arguments: ["[", "{", "{a:", "['", "x[", "[{", "{\"", "/*{", "\\"])
    func bounded(_ unit: String) {
        _ = LenientJSON.parse(String(repeating: unit, count: 20_000))
        _ = LenientJSON.parse("{" + String(repeating: unit, count: 20_000))
    }

    @Test("never fails on noise", arguments: 0..<300)
    func noise(_ seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ":", ",", "'", "\"", "\\", "a", " ", "/", "*", "#", "\n", "1", "-", "\\u", "d83d", "é",
            "None",
        ]
        let text = (0..<random.next(40)).map { _ in pieces[random.next(pieces.count)] }.joined()
        let value = LenientJSON.parse("{" + text)
        #expect((try? JSONParser.parse(value.encoded())) != nil, "seed \(seed): \(text)")
    }
}
