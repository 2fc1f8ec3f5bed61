import Testing

@testable import OrderedJSON

@Suite("JSON objects and values")
struct JSONObjectTests {
    @Test("setting keeps the place of a key, nil removes it, a new key goes to the end")
    func setting() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        object["missing"] = nil
        #expect(object.keys == ["a", "c"])
        #expect(object.map(\.value) == [3, 4])
        #expect(!object.isEmpty)
    }

    @Test("pairs with equal keys leave the last value at the first place", arguments: [2, 100])
    func pairs(_ count: Int) {
        let object = JSONObject((0..<count).map { ("k\($0)", JSONValue($0)) } + [("k0", "new")])
        #expect(object.count == count)
        #expect(object.members.first == JSONObject.Member(key: "k0", value: "new"))
    }

    @Test("values answer nil for what they are not")
    func accessors() {
        let value: JSONValue = ["a": [1, 2.5, "x", true, .null]]
        #expect(value["a"]?[0]?.integerValue == 1)
        #expect(value["a"]?[1]?.integerValue == nil)
        #expect(value["a"]?[1]?.numberValue == 2.5)
        #expect(value["a"]?[2]?.stringValue == "x")
        #expect(value["a"]?[3]?.boolValue == true)
        #expect(value["a"]?[4]?.isNull == true)
        #expect(value["a"]?[5] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value[0] == nil && value["b"] == nil && JSONValue.null["a"] == nil)
        #expect(JSONValue.number(1e300).integerValue == nil && JSONValue.number(.nan).integerValue == nil)
        #expect(JSONValue(nil as String?) == .null && JSONValue("x" as String?) == "x")
    }
}
