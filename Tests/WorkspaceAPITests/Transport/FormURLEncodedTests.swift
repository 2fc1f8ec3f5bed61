import OrderedJSON
import Testing

@testable import WorkspaceAPI

@Suite("Form bodies")
struct FormURLEncodedTests {
    @Test(
        "are texts, lists and maps",
        arguments: [
            ("", "{}"), ("a=1", #"{"a":"1"}"#), ("a", #"{"a":""}"#), ("a=1&a=2", #"{"a":["1","2"]}"#),
            ("a[]=1&a[]=2", #"{"a":["1","2"]}"#), ("a[b]=1&a[c]=2", #"{"a":{"b":"1","c":"2"}}"#),
            ("a[0]=1&a[1]=2", #"{"a":["1","2"]}"#), ("a[b][]=1", #"{"a":{"b":["1"]}}"#),
            ("a%5Bb%5D=1", #"{"a":{"b":"1"}}"#),
            ("a+b=c+d%20e", #"{"a b":"c d e"}"#), ("a=%zz", #"{"a":"%zz"}"#), ("&&a=1&", #"{"a":"1"}"#),
            ("a==b", #"{"a":"=b"}"#),
            ("[a]=1", #"{"[a]":"1"}"#), ("a[=1", #"{"a[":"1"}"#),
        ])
    func decode(text: String, json: String) {
        #expect(FormURLEncoded.decode(text).map { JSONValue.object($0).text } == json)
    }

    @Test("have a thousand parameters at most")
    func limit() {
        let parameters = { (count: Int) in Array(repeating: "a=b", count: count).joined(separator: "&") }
        #expect(FormURLEncoded.decode(parameters(1_000))?["a"]?.arrayValue?.count == 1_000)
        #expect(FormURLEncoded.decode(parameters(1_001)) == nil)
    }
}
