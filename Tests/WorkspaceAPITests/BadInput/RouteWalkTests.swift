import HTTPTypes
import TestSupport
import Testing

@Suite("Bad input on every route")
struct RouteWalkTests {
    static let routes = WalkedRoute.workspaces + WalkedRoute.threads + WalkedRoute.documents + WalkedRoute.jobs
    static let withBody = routes.filter { $0.empty != 200 || $0.body != nil }
    static let withParameters = routes.filter { !$0.unknown.isEmpty }

    @Test("the walk visits every route of the table")
    func routesAreComplete() throws {
        let source = try PackageRoot.text(of: "Sources/WorkspaceAPI/Routes.swift")
        let listed = source.matches(of: #/table\.(?:open|keyed)\(\.(\w+), "([^"]+)"/#).map { "\($0.1) \($0.2)" }
        #expect(listed.count > 30)
        #expect(Set(listed) == Set(Self.routes.map { "\($0.method.rawValue.lowercased()) \($0.template)" }))
        #expect(listed.count == Self.routes.count)
    }

    @Test("values of the wrong type and out of range", arguments: withBody)
    func fields(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for field in route.fields {
            let name = field.path.joined(separator: ".")
            let (head, tail) = try route.body(without: field)
            for kind in HostileValue.allCases {
                for text in kind.texts {
                    try await fixture.check(
                        "\(name) = \(text)", statuses: field.statuses(kind), body: head + text + tail)
                }
            }
            for text in HostileValue.deep {
                try await fixture.check(
                    "\(name) nested deeply", statuses: [400], shapes: [route.malformed], body: head + text + tail)
            }
        }
        try await fixture.checkHealth()
    }

    @Test("ten megabytes of text and a hundred thousand elements", arguments: withBody)
    func largeValues(route: WalkedRoute) async throws {
        for field in route.fields {
            let fixture = try await WalkFixture(route)
            let name = field.path.joined(separator: ".")
            let (head, tail) = try route.body(without: field)
            let long = field.isName ? HostileValue.longName : HostileValue.longText
            try await fixture.check(
                "long \(name)", statuses: field.longText, body: head + long + tail)
            // Where no list is wanted, all long lists are the same.
            for (number, text) in HostileValue.longArrays.prefix(field.isList ? 3 : 1).enumerated() {
                try await fixture.check(
                    "\(name) with long list \(number)", statuses: field.longArray, body: head + text + tail)
            }
        }
        try await WalkFixture(route).checkHealth()
    }

    @Test("bodies cut off at every byte", arguments: withBody.filter { $0.body != nil })
    func truncation(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let body = Array((route.body ?? "").utf8)
        for count in 1..<body.count {
            for type in ["application/json", "text/plain"] {
                try await fixture.check(
                    "\(type), \(count) bytes", statuses: [400], shapes: [route.malformed], bytes: Array(body[..<count]),
                    contentType: type)
            }
        }
        try await fixture.checkHealth()
    }

    static let malformed: [[UInt8]] =
        [
            "{", "}", "[", "5", "null", "true", #""x""#, "{'a':1}", #"{"a":}"#, #"{"a" 1}"#, #"{"a":1,}"#, "{}{}",
            "{}x",
            #"{"a":01}"#, #"{"a":.5}"#, #"{"a":+1}"#, #"{"a":1e}"#, #"{"a":Infinity}"#, #"{"a":NaN}"#, #"{"a":"\x"}"#,
            #"{"a":"\u12"}"#, "{\"a\":\"\u{1}\"}", "{\"a\":\"\0\"}", "\0", "{}\0", "{} ]", "// c\n{}", "<a/>",
            "\u{FEFF}",
            String(repeating: " ", count: 100_000), String(repeating: "[", count: 10_000), "nul",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC0, 0x80], [0x7B, 0xFF, 0x7D], [0xFE, 0xFF, 0x00, 0x7B], [0x1F, 0x8B, 8],
        ]

    @Test("bodies that are no JSON object", arguments: withBody)
    func malformedBodies(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        for body in Self.malformed {
            try await fixture.check(
                String(decoding: body.prefix(40), as: UTF8.self), statuses: [400], shapes: [route.malformed],
                bytes: body)
        }
        try await fixture.checkHealth()
    }

    @Test("ill-formed UTF-8 inside a body is read as U+FFFD, wherever it stands", arguments: withBody)
    func illFormedText(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let invalid: [[UInt8]] = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]]
        for field in route.fields {
            let (head, tail) = try route.body(without: field)
            for (number, bytes) in invalid.enumerated() {
                let text = Array("\"\(number)".utf8) + bytes + Array("\"".utf8)
                let body = Array(head.utf8) + text + Array(tail.utf8)
                try await fixture.check(
                    "\(field.path) with \(bytes)", statuses: field.statuses(.oddText), bytes: body)
            }
        }
        try await fixture.checkHealth()
    }

    @Test("content types that say nothing make the body an empty object", arguments: withBody)
    func contentTypes(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let types: [String?] = [
            nil, "", "text/html", "application/octet-stream", "application/jsonx", ";", "=", "json",
            "application/json/x",
            String(repeating: "a", count: 10_000), "*/*",
        ]
        for type in types {
            try await fixture.check(
                type ?? "no type", statuses: [route.empty], body: route.body ?? "{}", contentType: type)
        }
        for charset in ["latin1", "x", "utf-7", "\"", String(repeating: "u", count: 10_000)] {
            try await fixture.check(
                charset, statuses: [415], shapes: [route.malformed], body: route.body ?? "{}",
                contentType: "application/json; charset=" + charset)
        }
        for charset in ["utf-16", "utf-16le", "utf-32be"] {
            try await fixture.check(
                charset, statuses: [400], shapes: [route.malformed], bytes: [0x7B, 0x22, 0x61, 0x22, 0x3A],
                contentType: "application/json; charset=" + charset)
        }
        try await fixture.checkHealth()
    }

    @Test("forms of too many parameters", arguments: withBody)
    func forms(route: WalkedRoute) async throws {
        let fixture = try await WalkFixture(route)
        let form = "application/x-www-form-urlencoded"
        for parameter in ["a=b", "a[]=b", "a[b][c][d][e][f]=g"] {
            let body = Array(repeating: parameter, count: 100_000).joined(separator: "&")
            try await fixture.check(
                parameter, statuses: [413], shapes: [route.malformed], body: body, contentType: form)
        }
        for body in ["%", "%FF=%C0%80", "=", "&&&", "[]=1", "a[=1", "a]=1", "%00=%00", "a[\u{301}]=1"] {
            try await fixture.check(body, statuses: [route.empty], body: body, contentType: form)
        }
        try await fixture.checkHealth()
    }
}
