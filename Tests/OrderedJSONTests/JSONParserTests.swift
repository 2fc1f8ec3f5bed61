import Testing

@testable import OrderedJSON

@Suite("Parsing JSON")
struct JSONParserTests {
    @Test(
        "values parse",
        arguments: [
            ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-0", .number(-0.0)), ("12", 12),
            ("-1.5e3", -1_500), ("1E+2", 100), ("0.1", 0.1), ("1e400", .number(.infinity)), ("1e-400", 0),
            ("123456789012345678", 123_456_789_012_345_678), ("\"\"", ""), ("\"a\\n\\t\\\"\\\\\\/\"", "a\n\t\"\\/"),
            ("\"\\u00e9\\ud83d\\ude00\"", "é😀"), ("[]", []), ("[1,[2]]", [1, [2]]), ("{}", [:]),
            ("{\"a\":{\"b\":[]}}", ["a": ["b": []]]), ("\u{FEFF}1", 1), ("\r\n\t1\n", 1), ("\"\u{7F}é\"", "\u{7F}é"),
        ] as [(String, JSONValue)])
    func values(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONParser.parse(text) == expected)
        #expect(try JSONParser.parse(Array(text.utf8)) == expected)
    }

    @Test(
        "faults are told with their place",
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedEnd, 3),
            ("nulL", .unexpectedByte(0x4C), 3), ("1 2", .trailingBytes, 2), ("01", .trailingBytes, 1),
            ("1.", .badNumber, 2), ("1e", .badNumber, 2), ("-", .unexpectedEnd, 1), ("+1", .unexpectedByte(0x2B), 0),
            (".5", .unexpectedByte(0x2E), 0), ("[1,]", .unexpectedByte(0x5D), 3), ("[1", .unexpectedEnd, 2),
            ("[1 2]", .unexpectedByte(0x32), 3), ("{\"a\":1,}", .unexpectedByte(0x7D), 7),
            ("{a:1}", .unexpectedByte(0x61), 1), ("{\"a\" 1}", .unexpectedByte(0x31), 5),
            ("{\"a\":", .unexpectedEnd, 5),
            ("\"a", .unexpectedEnd, 2), ("\"\\x\"", .badEscape, 3), ("\"\\u12g4\"", .badEscape, 3),
            ("\"\\u12", .unexpectedEnd, 3), ("\"\n\"", .controlCharacterInString, 1),
            ("\"\\n\u{01}\"", .controlCharacterInString, 3), ("'a'", .unexpectedByte(0x27), 0),
            ("NaN", .unexpectedByte(0x4E), 0), ("[1]]", .trailingBytes, 3),
        ] as [(String, JSONParseError.Reason, Int)])
    func faults(_ text: String, _ reason: JSONParseError.Reason, _ offset: Int) {
        let error = JSONParseError(reason: reason, offset: offset)
        #expect(throws: error) { try JSONParser.parse(text) }
        #expect(error.description.hasSuffix("at position \(offset)"))
    }

    @Test(
        "lone surrogates become U+FFFD",
        arguments: ["\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\ud83dx\""])
    func loneSurrogates(_ text: String) throws {
        let parsed = try JSONParser.parse(text)
        #expect(parsed.stringValue?.unicodeScalars.first == "\u{FFFD}")
    }

    @Test("two leading surrogates leave the second to its own pair")
    func doubledLead() throws {
        #expect(try JSONParser.parse("\"\\ud83d\\ud83d\\ude00\"") == "\u{FFFD}😀")
    }

    @Test("ill-formed UTF-8 becomes U+FFFD")
    func illFormed() throws {
        #expect(try JSONParser.parse([0x22, 0x61, 0xFF, 0x22] as [UInt8]) == "a\u{FFFD}")
        #expect(try JSONParser.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22] as [UInt8]) == "\n\u{FFFD}")
    }

    @Test("nesting is limited and does not exhaust the stack")
    func nesting() throws {
        let limit = JSONParser.maximumDepth
        _ = try JSONParser.parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        for open in ["[", "{\"a\":"] {
            #expect(throws: JSONParseError.self) { try JSONParser.parse(String(repeating: open, count: 100_000)) }
        }
        #expect(throws: JSONParseError(reason: .tooDeep, offset: limit + 1)) {
            try JSONParser.parse(String(repeating: "[", count: limit + 1))
        }
    }

    @Test("values are counted while they are built, where there is a limit to them")
    func values() throws {
        let text = Array("[0,{\"a\":[],\"b\":null},\"x\"]".utf8)
        #expect(try JSONParser.parse(text, valueLimit: 6) == JSONParser.parse(text))
        #expect(throws: JSONParseError(reason: .tooManyValues, offset: text.count - 4)) {
            try JSONParser.parse(text, valueLimit: 5)
        }
    }

    @Test("of equal keys the first place and the last value count, in small and in large objects", arguments: [3, 500])
    func equalKeys(_ count: Int) throws {
        let members = (0..<count).map { "\"k\($0)\":\($0)" } + ["\"k1\":\"last\""]
        let object = try #require(try JSONParser.parse("{\(members.joined(separator: ","))}").objectValue)
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "k\($0)" })
        #expect(object["k1"] == "last")
    }

    @Test("a hundred thousand keys parse in linear time and keep their order")
    func manyKeys() throws {
        let text = "{" + (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        let object = try #require(try JSONParser.parse(text).objectValue)
        #expect(object.count == 100_000)
        #expect(object.members.last?.key == "99999")
    }

    @Test("keys that only look alike are different keys")
    func canonicallyEquivalentKeys() throws {
        let object = try #require(try JSONParser.parse("{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue)
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("every prefix of a document is refused, and no byte in its place crashes the parser")
    func mutations() throws {
        let document = Array("{\"a\":[1.5e3,\"x\\u00e9\\n\",null,true],\"b\":{\"c\":false}}".utf8)
        for length in document.indices {
            #expect(throws: JSONParseError.self) { try JSONParser.parse(document[..<length]) }
        }
        for index in document.indices {
            for byte in [0x00, 0x22, 0x2C, 0x5C, 0x5D, 0x7D, 0x80, 0xFF] as [UInt8] {
                var changed = document
                changed[index] = byte
                guard let value = try? JSONParser.parse(changed) else { continue }
                #expect(try JSONParser.parse(value.encoded()) == value)
            }
        }
    }

    @Test("unwanted members of the outermost object are left out, those of inner objects stay")
    func unwanted() throws {
        let text = #"{"a":{"b":1},"b":[{"x":"\u00e9\n\"]}"},[],{},-1.5e3,true,null,"q"],"c":{"b":[2]}}"#
        let value = try JSONParser.parse(text, without: ["b"])
        #expect(value.text == #"{"a":{"b":1},"c":{"b":[2]}}"#)
    }

    @Test(
        "unwanted members are checked as strictly as others",
        arguments: [
            #"{"b":[1,]}"#, #"{"b":{"x":}}"#, #"{"b":{"x" 1}}"#, #"{"b":"\x"}"#, "{\"b\":\"\n\"}", #"{"b":01}"#,
            #"{"b":[1"#,
            #"{"b":{1:2}}"#, #"{"b":"\u12g4"}"#, #"{"b":tru}"#, #"{"b":"open}"#, #"{"b":{"x":1,}}"#, #"{"b":[] ]}"#,
        ])
    func unwantedFaults(_ text: String) {
        let strict = #expect(throws: JSONParseError.self) { try JSONParser.parse(text) }
        let skipping = #expect(throws: JSONParseError.self) { try JSONParser.parse(text, without: ["b"]) }
        #expect(skipping == strict)
    }

    @Test("a member that is left out stays when it is empty", arguments: ["[]", "{}"])
    func emptyUnwanted(_ empty: String) throws {
        let value = try JSONParser.parse(#"{"a":1,"b":\#(empty),"c":[1],"d":\#(empty)}"#, without: ["b", "c"])
        #expect(value.objectValue?.keys == ["a", "b", "d"])
    }

    @Test(
        "integers that a double holds are exact, longer ones the nearest",
        arguments: [
            ("0", 0.0), ("-7", -7), ("999999999999999", 999_999_999_999_999), ("-99999999999999", -99_999_999_999_999),
            ("12345678901234567890", 12_345_678_901_234_567_168), ("1e2", 100), ("-0.5", -0.5),
        ])
    func integers(_ text: String, _ expected: Double) throws {
        #expect(try JSONParser.parse(text).numberValue == expected)
    }

    @Test("minus zero keeps its sign")
    func minusZero() throws {
        #expect(try JSONParser.parse("-0").numberValue?.sign == .minus)
        #expect(try JSONParser.parse("0").numberValue?.sign == .plus)
    }
}
