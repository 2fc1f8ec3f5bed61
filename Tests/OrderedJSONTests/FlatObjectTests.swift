import OrderedJSON
import Testing

@Suite("Objects that can be handed on as they are")
struct FlatObjectTests {
    private func keys(_ json: String) -> [String]? {
        var keys: [String] = []
        var json = json
        let isCanonical = json.withUTF8 { bytes in
            FlatObject.isCanonical(bytes) { keys.append(String(decoding: $0, as: UTF8.self)) }
        }
        return isCanonical ? keys : nil
    }

    @Test(
        "what the writer wrote is taken, with its keys in order",
        arguments: [
            "{}", #"{"a":1}"#, #"{"a":"","é":null,"c":true,"d":false}"#, #"{"a":0,"b":-5,"c":123456789012345}"#,
            #"{"a":"q\" b\\ n\n r\r t\t f\f b\b /","b":"日本 🙂"}"#,
        ])
    func canonical(json: String) throws {
        let value = try JSONParser.parse(json)
        #expect(value.text == json)
        #expect(keys(json) == value.objectValue?.keys)
    }

    @Test(
        "everything else is not, whether it is valid or not",
        arguments: [
            "", "{", "}", "[]", "null", #""a""#, "{}x", " {}", "{} ", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#,
            #"{ "a":1}"#, #"{"a": 1}"#, #"{"a":1 }"#, #"{"a":1}}"#, #"{"a":1"b":2}"#, #"{"a":1,"a":2}"#,
            #"{"a":1.0}"#, #"{"a":1e3}"#, #"{"a":01}"#, #"{"a":-0}"#, #"{"a":-}"#, #"{"a":1234567890123456}"#,
            #"{"a":[]}"#, #"{"a":{}}"#, #"{"a":tru}"#, #"{"a":nul"#, #"{"a":"\/"}"#, #"{"a":"\u00e9"}"#, #"{"a":"\"#,
            #"{"a":"x}"#, "{\"a\":\"\n\"}", #"{"a":"\u0001"}"#, #"{"\u0061":1}"#, #"{"a":"\q"}"#, #"{a:1}"#,
        ])
    func other(json: String) { #expect(keys(json) == nil) }
}
