import Testing

@testable import WorkspaceAPI

@Suite("Content types")
struct MediaTypeTests {
    @Test(
        "have an essence and a character set",
        arguments: [
            ("application/json", "application/json", nil),
            ("Application/JSON; Charset=UTF-8", "application/json", "utf-8"),
            (#"text/plain;charset="utf-8""#, "text/plain", "utf-8"),
            ("text/plain ; x=1 ; charset = utf-16", "text/plain", "utf-16"),
            ("", "", nil), (";", "", nil), ("text/plain; charset", "text/plain", nil),
            ("text/plain; charset=", "text/plain", nil),
        ] as [(String, String, String?)])
    func parse(value: String, essence: String, charset: String?) {
        #expect(MediaType(value).essence == essence)
        #expect(MediaType(value).charset == charset)
    }
}
