import OrderedJSON
import Testing

@testable import Documents

@Suite("Links as clients send them")
struct LinkAddressTests {
    /// contract/documents.md 8.1: sent and stored.
    static let good: [(String, String)] = [
        ("example.com", "https://example.com"), (" https://example.com/ ", "https://example.com"),
        ("https://Example.COM/a/", "https://example.com/a"), ("https://example.com/a//", "https://example.com/a/"),
        ("localhost:8080/x", "https://localhost:8080/x"), ("http://example.com/?q=1#f", "http://example.com/?q=1#f"),
        ("http://u:p@example.com/x", "http://example.com/x"), ("http://2130706433/", "http://127.0.0.1"),
    ]

    @Test("get a scheme and lose one slash", arguments: good)
    func normalize(sent: String, stored: String) throws {
        #expect(try LinkAddress(.string(sent)).text == stored)
    }

    static let bad: [JSONValue?] = [
        nil, .null, 5, true, [], [:], "", "   ", "http://", "ftp://example.com", "file:///etc/passwd", "://x",
        "javascript://example.com/%0aalert(1)", "gopher://x", "a b", "http://[::1",
    ]

    @Test("what is no address of the web is refused with the contract's text", arguments: bad)
    func refuse(value: JSONValue?) {
        #expect(throws: LinkRefusal.invalidURL) { try LinkAddress(value) }
        #expect(LinkRefusal.invalidURL.description == "Not a valid URL.")
    }

    @Test("long links are refused, also those that encoding makes long")
    func long() {
        for text in [
            "http://a.test/" + String(repeating: "x", count: 4_096),
            "http://a.test/" + String(repeating: "ü", count: 1_000),
        ] {
            #expect(throws: LinkRefusal.linkTooLong(limit: 4_096)) { try LinkAddress(.string(text)) }
        }
    }

    @Test("headers count when name and value have something in them; those of the connection do not")
    func headers() throws {
        let headers = try ScraperHeaders([
            "X-A": " one ", "X-B": "  ", " ": "x", "X-C": 5, "Host": "internal", "Content-Length": "3", "cookie": "a=b",
        ])
        #expect(headers.fields.map { "\($0.name): \($0.value)" } == ["X-A: one", "cookie: a=b"])
        for none: JSONValue? in [nil, .null, "X-A: b", [], 5] { #expect(try ScraperHeaders(none) == .none) }
    }

    static let badHeaders: [JSONValue] = [
        ["X A": "b"], ["X\r\nY": "b"], ["X-A": "b\r\nY: c"], ["X-A": "b\u{0}c"], ["Ü": "b"],
        ["X-A": .string(String(repeating: "x", count: 20_000))],
        .object(JSONObject((0..<65).map { ("X-\($0)", "v") })),
    ]

    @Test("headers that no request can have are refused", arguments: badHeaders)
    func refuseHeaders(value: JSONValue) {
        #expect(throws: LinkRefusal.invalidHeaders) { try ScraperHeaders(value) }
    }
}
