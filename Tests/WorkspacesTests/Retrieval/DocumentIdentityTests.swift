import OrderedJSON
import Testing

@testable import Workspaces

@Suite("The identity of a document")
struct DocumentIdentityTests {
    @Test(
        "is its title and date, and nil without either",
        arguments: [
            (["title": "a.txt", "published": "1/1/2026"], "title:a.txt-timestamp:1/1/2026"), (["title": "a.txt"], nil),
            (["published": "1/1/2026"], nil), (["title": "", "published": "1/1/2026"], nil),
            (["title": "a", "published": ""], nil),
            (["title": 5, "published": "x"], nil), ([:], nil),
        ] as [(JSONObject, String?)])
    func identity(metadata: JSONObject, expected: String?) {
        #expect(DocumentIdentity.of(metadata) == expected)
    }
}
