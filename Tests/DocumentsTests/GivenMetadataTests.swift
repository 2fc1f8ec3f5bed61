import Documents
import Foundation
import OrderedJSON
import Testing

@Suite("Metadata kept for filters")
struct GivenMetadataTests {
    private let environment = DocumentEnvironment(
        now: { 0 }, timeZone: .gmt, makeID: { "ID" }, tokenEstimate: { $0.utf8.count })

    @Test("every key of a text's or an upload's metadata is kept as it was given, beside the record")
    func kept() async throws {
        let given: JSONObject = [
            "title": "fox", "published": 5, "team": "Blue", "tags": ["a", 1], "customer": ["city": "Graz"], "x": nil,
        ]
        let text = try RawTextDocument(textContent: "x", metadata: .object(given)).record(in: environment)
        #expect(text.attributes == given)
        #expect(text.metadata["team"] == nil)
        let file = UploadedFile(name: "a.txt", bytes: Array("x".utf8), metadata: given)
        let upload = try #require(try await UploadedDocuments.records(of: file, in: environment).first)
        #expect(upload.attributes == given)
        #expect(upload.metadata["team"] == nil)
    }

    @Test("values that nobody compares are left out, one by one, and what is beyond the limit of all")
    func limits() throws {
        let long = JSONValue.string(String(repeating: "x", count: 17_000))
        let text = try RawTextDocument(
            textContent: "x", metadata: ["title": "fox", "long": long, "list": .array([long]), "short": "y"]
        ).record(in: environment)
        #expect(text.attributes.keys == ["title", "short"])
        let many = JSONObject(
            [("title", "fox")] + (0..<100).map { ("key\($0)", .string(String(repeating: "x", count: 10_000))) })
        let record = try RawTextDocument(textContent: "x", metadata: .object(many)).record(in: environment)
        #expect(record.attributes.count == 27)
        #expect(JSONValue.object(record.attributes).encoded().count < 300_000)
    }
}
