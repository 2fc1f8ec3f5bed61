import HTTPTypes
import Testing

/// One request and what it must be answered with: a new case is data, not code.
struct APICase: Sendable, CustomTestStringConvertible {
    let name: String
    var method = HTTPRequest.Method.post
    let path: String
    var body: String?
    var contentType: String? = "application/json"
    let status: Int
    /// The whole body.
    var exactly: String?
    /// Pieces of the body.
    var containing: [String] = []

    var testDescription: String { name }

    func check(_ api: APIFixture, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answer = try await api.send(method, path, body, contentType: contentType)
        #expect(answer.status == status, sourceLocation: sourceLocation)
        if let exactly { #expect(answer.body == exactly, sourceLocation: sourceLocation) }
        for piece in containing {
            #expect(answer.body.contains(piece), "\(piece) is not in \(answer.body)", sourceLocation: sourceLocation)
        }
    }
}
