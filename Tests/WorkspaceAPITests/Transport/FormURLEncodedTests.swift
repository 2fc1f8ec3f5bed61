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
        #expect(JSONValue.object(FormURLEncoded.decode(text)).text == json)
    }
}
