import OrderedJSON
import Testing

@testable import Workspaces

@Suite("An exchange as a later prompt repeats it")
struct EarlierExchangeTests {
    @Test(
        "sources are those of the stored answer",
        arguments: [
            (#"{"text":"t","sources":[{"id":"1"},{"id":"2"}],"type":"chat"}"#, ["1", "2"]),
            (#"{"sources":[{"id":"1","sources":[]}],"text":"t"}"#, ["1"]),
            (#"{"text":"t","sources":[],"attachments":[]}"#, []),
            (#"{"text":"t"}"#, []),
            (#"{"text":"\"sources\":[]","sources":[{"id":"3"}]}"#, ["3"]),
        ])
    func sources(_ response: String, _ ids: [String]) throws {
        let exchange = try #require(EarlierExchange(prompt: "p", response: response))
        #expect(exchange.sources.map { $0["id"]?.stringValue } == ids)
    }

    @Test("a stored answer without text is none", arguments: ["{}", "[]", "", #"{"text":7}"#, #"{"text":"t""#])
    func unreadable(_ response: String) {
        #expect(EarlierExchange(prompt: "p", response: response) == nil)
    }
}
