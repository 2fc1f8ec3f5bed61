import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import WorkspaceAPI

@Suite("Tags of answers")
struct EntityTagTests {
    private func status(_ ifNoneMatch: [String], _ built: HTTPResponse.Status = .ok) -> (Int, String?) {
        var fields: HTTPFields = [:]
        for value in ifNoneMatch { fields.append(HTTPField(name: .ifNoneMatch, value: value)) }
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/", headerFields: fields),
            body: RequestBody(buffer: ByteBuffer()))
        let answer = EntityTag.answer(request, version: "a-7") { Response(status: built) }
        return (answer.status.code, answer.headers[.eTag])
    }

    @Test("an answer has its tag; one that the client has is 304")
    func tags() {
        #expect(status([]) == (200, #"W/"a-7""#))
        #expect(status([#"W/"a-6""#]) == (200, #"W/"a-7""#))
        for value in [#"W/"a-7""#, #""a-7""#, "*", #" "x" , W/"a-7" "#] {
            #expect(status([value]) == (304, #"W/"a-7""#), "\(value)")
        }
        #expect(status([#""x""#, #""a-7""#]).0 == 304)
        #expect(status(["a-7", ""]).0 == 200)
    }

    @Test("what is no success has none")
    func errors() { #expect(status([], .notFound) == (404, nil)) }
}
