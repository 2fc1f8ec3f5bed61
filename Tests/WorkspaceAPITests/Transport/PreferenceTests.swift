import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import WorkspaceAPI

@Suite("What a client prefers")
struct PreferenceTests {
    @Test(
        "Prefer and ?async ask for a job",
        arguments: [
            ("/x", nil, false), ("/x", "respond-async", true), ("/x", "Respond-Async, wait=10", true),
            ("/x", "wait=10, respond-async; foo=bar", true), ("/x", "respond-asynchronously", false),
            ("/x", "wait=respond-async", false), ("/x?async=true", nil, true), ("/x?async=1", nil, true),
            ("/x?async", nil, true), ("/x?async=false", nil, false),
        ] as [(String, String?, Bool)])
    func isAsync(path: String, prefer: String?, expected: Bool) throws {
        var fields: HTTPFields = [:]
        fields[try #require(HTTPField.Name("Prefer"))] = prefer
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "x", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer()))
        #expect(Preference.isAsync(request) == expected)
    }
}
