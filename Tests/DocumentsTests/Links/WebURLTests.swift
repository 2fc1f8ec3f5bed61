import Testing

@testable import Documents

@Suite("Addresses of the web")
struct WebURLTests {
    /// What is typed, and what a browser makes of it (WHATWG URL standard).
    static let good: [(String, String)] = [
        ("http://example.com", "http://example.com/"), ("HTTP://EXAMPLE.com:80/", "http://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443", "https://example.com:8443/"),
        ("  http://example.com\t/a b\n", "http://example.com/a%20b"),
        ("http:\\\\example.com\\a", "http://example.com/a"),
        ("http:///example.com", "http://example.com/"), ("http:example.com", "http://example.com/"),
        ("http://example.com/a/./b/../c", "http://example.com/a/c"), ("http://example.com/..", "http://example.com/"),
        ("http://example.com/%2e%2E/x", "http://example.com/x"), ("http://example.com/a/..", "http://example.com/"),
        ("http://example.com?q=a'b c#d e", "http://example.com/?q=a%27b%20c#d%20e"),
        ("http://user:pa@ss@example.com/", "http://user:pa%40ss@example.com/"),
        ("http://@example.com/", "http://example.com/"),
        ("http://example.com:/", "http://example.com/"), ("http://example.com:00080/", "http://example.com/"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://ex%61mple.com", "http://example.com/"),
        ("http://a。b.com", "http://a.b.com/"), ("http://example.com./", "http://example.com./"),
        ("http://127.0.0.1", "http://127.0.0.1/"), ("http://2130706433", "http://127.0.0.1/"),
        ("http://0x7f.1", "http://127.0.0.1/"), ("http://0177.0.0.01", "http://127.0.0.1/"),
        ("http://0x7F000001/", "http://127.0.0.1/"), ("http://127.1", "http://127.0.0.1/"),
        ("http://0", "http://0.0.0.0/"),
        ("http://127.0.0.1.", "http://127.0.0.1/"), ("http://１２７.0.0.1", "http://127.0.0.1/"),
        ("http://%31%32%37.0.0.1", "http://127.0.0.1/"), ("http://0xa9fea9fe", "http://169.254.169.254/"),
        ("http://[::1]", "http://[::1]/"), ("http://[0:0::0:1]:80", "http://[::1]/"),
        ("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]/"), ("http://[2001:DB8::]", "http://[2001:db8::]/"),
        ("http://[1:0:0:2:0:0:0:3]", "http://[1:0:0:2::3]/"),
    ]

    @Test("are written in one form", arguments: good)
    func parse(text: String, expected: String) throws {
        let url = try WebURL(parsing: text)
        #expect(url.description == expected)
        #expect(try WebURL(parsing: expected) == url)
    }

    static let bad = [
        "", "example.com", "//example.com", "http://", "http:///", "http://@/", "http://a b.com", "http://a<b.com",
        "http://example.com:x", "http://example.com:65536", "http://256.0.0.1", "http://1.2.3.4.5", "http://1.2.3.256",
        "http://0x100000000", "http://foo.0x4", "http://1..2", "http://09.1.1.1", "http://[::1",
        "http://[1:2:3:4:5:6:7]",
        "http://[:::1]", "http://[1::2::3]", "http://[::1%25eth0]", "http://[12345::]", "http://[::1.2.3]",
        "http://[::01.2.3.4]", "http://[v1.a]", "http://a%00b", "http://a%zzb", "http://\u{AD}",
    ]

    @Test("what is none is refused", arguments: bad)
    func refuse(text: String) {
        #expect(throws: WebURL.Flaw.notAURL) { try WebURL(parsing: text) }
    }

    @Test(
        "other schemes are told apart",
        arguments: [("ftp://a", "ftp"), ("javascript:x", "javascript"), ("FILE:///etc", "file")])
    func scheme(text: String, name: String) {
        #expect(throws: WebURL.Flaw.otherScheme(name)) { try WebURL(parsing: text) }
    }

    static let relative: [(String, String)] = [
        ("", "http://h.test:8080/a/b?q"), ("c", "http://h.test:8080/a/c"), ("/c", "http://h.test:8080/c"),
        ("../../c", "http://h.test:8080/c"), ("./", "http://h.test:8080/a/"), ("?x=1", "http://h.test:8080/a/b?x=1"),
        ("#f", "http://h.test:8080/a/b?q#f"), ("//other.test/x", "http://other.test/x"),
        ("\\\\other.test", "http://other.test/"),
        ("http:c", "http://h.test:8080/a/c"), ("http://z.test", "http://z.test/"), ("https:z.test", "https://z.test/"),
        ("c:d", "c"), (".", "http://h.test:8080/a/"),
    ]

    @Test("are found from where they stand", arguments: relative)
    func resolve(text: String, expected: String) throws {
        let base = try WebURL(parsing: "http://h.test:8080/a/b?q#z")
        if text == "c:d" {
            #expect(throws: WebURL.Flaw.otherScheme("c")) { try WebURL(parsing: text, base: base) }
        } else {
            #expect(try WebURL(parsing: text, base: base).description == expected)
        }
    }
}
