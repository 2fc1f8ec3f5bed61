import HTTPTypes
import OrderedJSON
import Storage
import Testing
import Workspaces

@Suite("Path tricks in the names of documents and folders")
struct PathTrickTests {
    /// Names that normalise to `.` or `/` (contract/documents.md 7.2).
    static let nothing = ["", ".", "/", "//", "/..", "a/..", " . ", "/../../"]
    /// Names that mean the root, or lie outside it.
    static let outside = ["..", "../..", "../", "./", "/etc/passwd", "/custom-documents/none.json"]
    /// Names that are names, odd as they are, but nobody's.
    static let odd = [
        "../../etc/passwd", "..\\..\\windows\\system32", "C:\\x.json", "\\\\server\\share", "%2e%2e%2f",
        "plans%2Fspare.json",
        "a/b/c/d.json", "plans/spare.json/x", "plans/\u{301}spare.json", "plans/spare.json\u{301}", "...", "....//x",
        "plans/SPARE.JSON", "plans\\spare.json", "\u{0}", "plans/spare.json\u{0}", "plans/spare.json\u{0}.txt", "~/x",
        "-",
        "plans/.json", "plans/..json", "CON", "é", "e\u{301}", "😀/😀.json", "\u{202E}nosj.erapS/snalp",
    ]
    /// Names that no folder or document can have.
    static let long = [
        String(repeating: "x", count: 1_025), String(repeating: "é", count: 513),
        String(repeating: "a/", count: 2_500) + "b",
        "a/" + String(repeating: "x", count: 5_000) + ".json",
    ]

    /// A field with the answers to names of each kind.
    struct Field: Sendable, CustomTestStringConvertible {
        let template: String
        let path: String
        let nothing: Int
        let empty: Int
        let outside: Int
        let odd: Int
        let long: Int

        var testDescription: String { "\(template), \(path)" }
    }

    static let fields = [
        // vectors.md 6.3 and 6.5: what is no document is skipped.
        Field(
            template: "v1/workspace/:slug/update-embeddings", path: "adds.0", nothing: 400, empty: 400, outside: 200,
            odd: 200, long: 200),
        // 6.2: texts are compared as they are.
        Field(
            template: "v1/workspace/:slug/update-embeddings", path: "deletes.0", nothing: 200, empty: 200, outside: 200,
            odd: 200, long: 200),
        Field(
            template: "v1/workspace/:slug/update-pin", path: "docPath", nothing: 404, empty: 404, outside: 404,
            odd: 404,
            long: 404),
        // documents.md 5.8: what is no folder of the root is no error.
        Field(
            template: "v1/document/remove-folder", path: "name", nothing: 500, empty: 200, outside: 200, odd: 200,
            long: 200),
        // 5.9 and quirk 23.
        Field(
            template: "v1/document/move-files", path: "files.0.from", nothing: 500, empty: 500, outside: 500, odd: 500,
            long: 500),
        Field(
            template: "v1/document/move-files", path: "files.0.to", nothing: 500, empty: 500, outside: 500, odd: 500,
            long: 500),
        // system.md 3.7.
        Field(
            template: "v1/system/remove-documents", path: "names.0", nothing: 500, empty: 200, outside: 200, odd: 200,
            long: 200),
    ]

    @Test("find nothing and change nothing", arguments: fields)
    func tricks(field: Field) async throws {
        let route = try #require(RouteWalkTests.routes.first { $0.template == field.template })
        let fixture = try await WalkFixture(route)
        // A document may be moved to these.
        let destinations = ["plans/..json", "plans/\u{301}spare.json", "/custom-documents/none.json"]
        let (head, tail) = try route.body(without: WalkedField(field.path))
        let library = try documents(fixture.api)
        let groups = [
            (field.nothing, Self.nothing), (field.outside, Self.outside), (field.odd, Self.odd),
            (field.long, Self.long),
        ]
        for (status, names) in groups {
            for name in names where !(field.path == "files.0.to" && destinations.contains(name)) {
                try await fixture.check(
                    JSONValue.string(name).text, statuses: [name.isEmpty ? field.empty : status],
                    body: head + JSONValue.string(name).text + tail)
            }
        }
        #expect(try documents(fixture.api) == library)
        try await fixture.checkHealth()
    }

    private func documents(_ api: APIFixture) throws -> [String] {
        try api.dependencies.database.read { try $0.documents() }.map(\.docpath)
    }

    /// contract/documents.md 5.7.
    @Test("make folders below the root or none")
    func folders() async throws {
        let route = try #require(RouteWalkTests.routes.first { $0.template == "v1/document/create-folder" })
        let fixture = try await WalkFixture(route)
        let refused =
            Self.nothing + ["..", "../..", "../", "./"] + Self.long + ["plans", "./plans/", "plans/spare.json"]
        for name in refused {
            try await fixture.check(
                JSONValue.string(name).text, statuses: [500], body: #"{"name":\#(JSONValue.string(name).text)}"#)
        }
        for name in Self.odd {
            let answer = try await fixture.api.post(
                "/v1/document/create-folder", #"{"name":\#(JSONValue.string(name).text)}"#)
            #expect(answer.status == 200 || answer.body.contains("already exists"), "\(name): \(answer.body)")
        }
        let folders = try await fixture.api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue ?? []
        let names = folders.compactMap { $0["name"]?.stringValue }
        #expect(names.allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0) && !$0.hasPrefix("/") })
        #expect(Set(names.map { Array($0.utf8) }).count == names.count)
        try await fixture.checkHealth()
    }

    @Test("folders whose names differ in their coding only are two folders")
    func canonicalEquivalence() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let names = ["e\u{301}", "\u{E9}"]
        for name in names {
            #expect(try await api.post("/v1/document/create-folder", #"{"name":"\#(name)"}"#).status == 200)
            let from = try await api.document("supply", "Delivery is due in June.")
            let move = #"{"files":[{"from":"\#(from)","to":"\#(name)/a.json"}]}"#
            #expect(try await api.post("/v1/document/move-files", move).status == 200)
            _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["\#(name)/a.json"]}"#)
        }
        let listed = try await api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue ?? []
        #expect(listed.filter { $0["name"] != "custom-documents" }.map { $0["items"]?.arrayValue?.count } == [1, 1])
        #expect(try await api.send(.delete, "/v1/document/remove-folder", #"{"name":"\#(names[0])"}"#).status == 200)
        #expect(try await api.get("/v1/documents/folder/%C3%A9").json()["documents"]?.arrayValue?.count == 1)
        #expect(try await api.get("/v1/documents/folder/e%CC%81").status == 404)
        try await Agreement.check(api)
    }

    @Test("a document that a workspace holds is not moved, in whatever spelling it is named")
    func embeddedInAnySpelling() async throws {
        let route = try #require(RouteWalkTests.routes.first { $0.template == "v1/document/move-files" })
        let fixture = try await WalkFixture(route)
        for from in ["./plans/held.json", "/plans/held.json", "../plans//held.json"] {
            let answer = try await fixture.api.post(
                route.path(), #"{"files":[{"from":"\#(from)","to":"plans/moved.json"}]}"#)
            #expect(
                answer.body == #"{"success":true,"message":"1/1 files not moved. Unembed them from all workspaces."}"#)
        }
        try await fixture.checkHealth()
    }

    @Test("a name that begins with a combining mark is found by its docpath")
    func combiningMark() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/document/create-folder", #"{"name":"plans"}"#)
        let from = try await api.document("supply", "Delivery is due in June.")
        let to = "plans/\u{301}x.json"
        _ = try await api.post("/v1/document/move-files", #"{"files":[{"from":"\#(from)","to":"\#(to)"}]}"#)
        let added = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["\#(to)"]}"#)
        #expect(try added.json()["workspace"]?["documents"]?.arrayValue?.count == 1)
        _ = try await api.send(.delete, "/v1/system/remove-documents", #"{"names":["\#(to)"]}"#)
        #expect(try await api.get("/v1/documents/folder/plans").json()["totalCount"] == 0)
        try await Agreement.check(api)
    }
}
