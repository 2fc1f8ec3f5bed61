import JavaScriptSemantics
import OrderedJSON
import Testing

@Suite("JavaScript's conversions to text and truth")
struct JavaScriptTextTests {
    @Test(
        "text, truth and type of a value",
        arguments: [
            (7, "7", true, "number"), (["a", "b"], "a,b", true, "object"),
            (["a": 1], "[object Object]", true, "object"),
            (.null, "null", false, "object"), (true, "true", true, "boolean"), (false, "false", false, "boolean"),
            (0, "0", false, "number"), (-0.0, "0", false, "number"), ("", "", false, "string"),
            ("0", "0", true, "string"), ([], "", true, "object"), ([.null, [1, [2]]], ",1,2", true, "object"),
            (1e21, "1e+21", true, "number"), (.number(.nan), "NaN", false, "number"),
            (.number(-.infinity), "-Infinity", true, "number"), ([[:]], "[object Object]", true, "object"),
        ] as [(JSONValue, String, Bool, String)])
    func conversions(_ value: JSONValue, _ text: String, _ isTruthy: Bool, _ type: String) {
        #expect(JavaScriptText.string(value) == text)
        #expect(JavaScriptText.isTruthy(value) == isTruthy)
        #expect(JavaScriptText.typeName(value) == type)
    }

    @Test("an absent member is falsy")
    func absent() { #expect(!JavaScriptText.isTruthy(nil as JSONValue?)) }

    @Test(
        "white space is JavaScript's",
        arguments: [("\u{FEFF} a\u{A0}b \u{3000}", "a\u{A0}b"), ("\u{85}a\u{200B}", "\u{85}a\u{200B}"), (" \n", "")])
    func trimming(_ text: String, _ expected: String) { #expect(JavaScriptWhitespace.trim(text) == expected) }
}
