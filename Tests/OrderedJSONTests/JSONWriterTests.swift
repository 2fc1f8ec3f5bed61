import Testing

@testable import OrderedJSON

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test(
        "values are written compactly, in order, with slashes as they are",
        arguments: [
            (.null, "null"), (["b": 1, "a": [true, .null, "x/y"]], #"{"b":1,"a":[true,null,"x/y"]}"#), ([], "[]"),
            ([:], "{}"),
            (
                "\u{08}\t\n\u{0C}\r\"\\\u{01}\u{1F}\u{7F}\u{2028}é😀",
                "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u001f\u{7F}\u{2028}é😀\""
            ),
            (["": ""], #"{"":""}"#), ([[], [:], [[]]], "[[],{},[[]]]"),
        ] as [(JSONValue, String)])
    func values(_ value: JSONValue, _ expected: String) {
        #expect(value.text == expected)
    }

    @Test(
        "numbers are written as JavaScript writes them",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-42, "-42"), (0.1, "0.1"), (1.5, "1.5"), (1e21, "1e+21"),
            (1e20, "100000000000000000000"), (123_456_789_012_345_683_968, "123456789012345680000"),
            (0.000001, "0.000001"), (0.0000001, "1e-7"), (1.5e-7, "1.5e-7"), (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (9_007_199_254_740_992, "9007199254740992"),
            (-1.25e-9, "-1.25e-9"), (100.25, "100.25"), (1e15, "1000000000000000"), (.infinity, "null"), (.nan, "null"),
            (0.30000000000000004, "0.30000000000000004"), (4.35, "4.35"), (1234.5678, "1234.5678"),
        ] as [(Double, String)])
    func numbers(_ number: Double, _ expected: String) {
        #expect(JSONNumber.text(number) == expected)
    }

    @Test("members of every kind, nil as null, and encoded values")
    func members() {
        var json = JSONWriter()
        json.beginObject()
        json.member("i", 1)
        json.member("n", nil as Int?)
        json.member("d", 0.5)
        json.member("s", "x")
        json.member("t", nil as String?)
        json.member("b", true)
        json.member("c", nil as Bool?)
        json.member("v", ["k": []] as JSONValue)
        json.key("e")
        Array("[1]".utf8).withUnsafeBufferPointer { json.encoded($0) }
        json.key("a")
        json.beginArray()
        json.number(1)
        json.null()
        json.endArray()
        json.endObject()
        let expected = #"{"i":1,"n":null,"d":0.5,"s":"x","t":null,"b":true,"c":null,"v":{"k":[]},"e":[1],"a":[1,null]}"#
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }
}
