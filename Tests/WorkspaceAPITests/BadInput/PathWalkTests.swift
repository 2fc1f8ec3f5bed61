import HTTPTypes
import OrderedJSON
import Testing

@Suite("Bad paths, queries and methods on every route")
struct PathWalkTests {
    /// Segments that are no percent-encoded UTF-8, and NUL.
    static let malformed = [
        "%", "%zz", "%F", "%FF", "%C0%80", "%E0%A4%A", "%ED%A0%80", "%F4%90%80%80", "a%FFb", "%00", "a%00b", "..%00",
    ]

    /// Segments that name nothing, whatever they try.
    static let unknown = [
        "..", ".", "%2e", "%2E%2e", "%2e%2e%2f", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5C..%5Cwindows",
        "%2Fetc%2Fpasswd",
        "C%3A%5C", "none", "%20", "%F0%9F%98%80", "%CC%81", "'%20OR%201=1--", "%7B%7D", "*", "~", "%25FF", "ops%2F..",
        "-1", "9223372036854775808", String(repeating: "x", count: 100_000),
        String(repeating: "%2e%2e%2f", count: 5_000),
    ]

    @Test("segments that cannot be decoded are refused before anything else", arguments: RouteWalkTests.withParameters)
    func malformedSegments(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for parameter in route.unknown.keys.sorted() {
            for segment in Self.malformed {
                try await fixture.check(
                    segment, statuses: [400], shapes: [.error], path: route.path([parameter: segment]),
                    body: route.body)
            }
        }
        try await fixture.checkHealth()
    }

    @Test("segments that name nothing", arguments: RouteWalkTests.withParameters)
    func unknownSegments(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let form = route.template.hasPrefix("v1/document/upload") && route.body == nil ? MultipartBody.good : nil
        for (parameter, statuses) in route.unknown.sorted(by: { $0.key < $1.key }) {
            for segment in Self.unknown {
                // Folders of uploads are made; only what is no name is refused (contract/documents.md 4.2).
                let allowed = form == nil ? statuses : [200, 500]
                try await fixture.check(
                    segment, statuses: allowed, path: route.path([parameter: segment]), body: form ?? route.body,
                    contentType: form == nil ? "application/json" : MultipartBody.contentType)
            }
        }
        try await fixture.checkHealth()
    }

    /// A folder as the path of an upload, and the one that is made; nil for a refusal (contract/documents.md 4.2, 7.2).
    static let folders: [(String, String?)] = [
        ("..", nil), (".", nil), ("%2e%2e%2f", nil), ("a%2Fb", nil), ("..%5C..%5Ca", "a"), ("a%5Cb", nil),
        ("%2Fabs", nil),
        ("%2e%2e%2fevil", "evil"), ("%20", nil), ("a%2F%CC%81b", nil), (String(repeating: "x", count: 1_025), nil),
        (String(repeating: "x", count: 1_024), String(repeating: "x", count: 1_024)), ("%CC%81", "\u{301}"),
    ]

    @Test("folders of uploads are one level deep", arguments: folders)
    func uploadFolders(segment: String, folder: String?) async throws {
        let api = try APIFixture()
        let before = try DatabaseState(api)
        let answer = try await api.send(
            .post, "/v1/document/upload/" + segment, MultipartBody.good, contentType: MultipartBody.contentType)
        #expect(answer.status == (folder == nil ? 500 : 200))
        if let folder {
            let location = try answer.json()["documents"]?[0]?["location"]?.stringValue ?? ""
            #expect(location.hasPrefix(folder + "/"))
        } else {
            #expect(RefusalShape.document.fits(answer))
            #expect(try DatabaseState(api) == before)
        }
    }

    static let queryValues = [
        "", "%", "%FF", "%C0%80", "%00", "%zz", "1e400", "-0", "9223372036854775808", "-9223372036854775809",
        "Infinity",
        "NaN", "0x10", "..", "%2e", "/", "%2F", "../../etc/passwd", "%F0%9F%98%80", "a&&&=&b", "=", "[]",
        String(repeating: "9", count: 10_000), String(repeating: "x", count: 100_000),
    ]

    @Test("values of query parameters", arguments: RouteWalkTests.routes.filter { !$0.queries.isEmpty })
    func queries(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for (name, statuses) in route.queries.sorted(by: { $0.key < $1.key }) {
            for value in Self.queryValues {
                for query in ["\(name)=\(value)", "\(name)=\(value)&\(name)=\(value)", "\(name)%5B%5D=\(value)"] {
                    try await fixture.check(query, statuses: statuses, path: route.path(query: query))
                }
            }
        }
        try await fixture.checkHealth()
    }

    static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .trace, .connect]

    @Test("methods that a path does not have are a plain 404", arguments: RouteWalkTests.routes)
    func methods(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let path = route.path()
        let before = try DatabaseState(fixture.api)
        for method in Self.methods where !RouteWalkTests.routes.contains(where: { $0.matches(method, path) }) {
            for body in ["{", route.body ?? "{}"] {
                let answer = try await fixture.api.send(method, path, body)
                #expect(answer.status == 404, "\(method)")
                #expect(answer.contentType == "text/plain; charset=utf-8", "\(method)")
                #expect(answer.body == "Not Found", "\(method)")
            }
        }
        #expect(try await fixture.api.send(.options, path, "{").status == 204)
        #expect(try DatabaseState(fixture.api) == before)
        try await fixture.checkHealth()
    }

    @Test(
        "a body that a route does not read does not matter",
        arguments: RouteWalkTests.routes.filter { $0.method == .get })
    func unreadBodies(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for body in RouteWalkTests.malformed {
            try await fixture.check(
                String(decoding: body.prefix(40), as: UTF8.self), statuses: [route.good], bytes: body)
        }
        try await fixture.checkHealth()
    }

    @Test("without a key nothing is looked at, however bad it is", arguments: RouteWalkTests.routes)
    func keyless(route: WalkedRoute) async throws {
        let api = try APIFixture()
        let before = try DatabaseState(api)
        for body in ["{", route.body ?? "{}", HostileValue.deep[0]] {
            let answer = try await api.send(route.method, route.path(), body, keyID: nil)
            #expect(answer.status == (route.template == "ping" ? 200 : 403))
            if answer.status == 403 { #expect(answer.body == #"{"error":"No valid api key found."}"#) }
        }
        #expect(try DatabaseState(api) == before)
    }
}
