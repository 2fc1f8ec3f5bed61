import HTTPTypes
import OrderedJSON
import Storage
import Testing
import Workspaces

@testable import WorkspaceAPI

@Suite("Listings of large libraries")
struct ListingTests {
    /// Documents `a0`, `a1`, `a2` in the default folder and `b0`, `b1` in folder `plans`, with times that go up.
    private func library() async throws -> APIFixture {
        let api = try APIFixture()
        _ = try await api.post("/v1/document/create-folder", #"{"name":"plans"}"#)
        for (folder, name) in [
            ("custom-documents", "a0"), ("custom-documents", "a1"), ("plans", "b0"), ("plans", "b1"),
            ("custom-documents", "a2"),
        ] {
            let from = try await api.document("Größe \(name)", "Delivery \(name) is due.")
            _ = try await api.post(
                "/v1/document/move-files", #"{"files":[{"from":"\#(from)","to":"\#(folder)/\#(name).json"}]}"#)
        }
        return api
    }

    private func tree(_ api: APIFixture, _ query: String) async throws -> (names: [String], total: Int?, more: Bool?) {
        let json = try await api.get("/v1/documents" + query).json()
        let names = (json["localFiles"]?["items"]?.arrayValue ?? []).flatMap { folder in
            (folder["items"]?.arrayValue ?? []).map {
                "\(folder["name"]?.stringValue ?? "")/\($0["name"]?.stringValue ?? "")"
            }
        }
        return (names, json["totalCount"]?.integerValue, json["hasMore"]?.boolValue)
    }

    @Test("the tree comes in pages when they are asked for, and in one piece otherwise")
    func pages() async throws {
        let api = try await library()
        let all = ["a0", "a1", "a2"].map { "custom-documents/\($0).json" } + ["b0", "b1"].map { "plans/\($0).json" }
        #expect(try await tree(api, "") == (all, nil, nil))
        #expect(try await tree(api, "?limit=2") == (Array(all[..<2]), 5, true))
        #expect(try await tree(api, "?limit=2&offset=2") == (Array(all[2..<4]), 5, true))
        #expect(try await tree(api, "?limit=2&offset=4") == ([all[4]], 5, false))
        #expect(try await tree(api, "?offset=3") == (Array(all[3...]), 5, false))
        #expect(try await tree(api, "?limit=all") == (all, 5, false))
    }

    @Test("search looks at names and titles in any case, in the tree and in a folder")
    func search() async throws {
        let api = try await library()
        #expect(try await tree(api, "?search=B1") == (["plans/b1.json"], 1, false))
        #expect(try await tree(api, "?search=GR%C3%96%C3%9FE") == ([], 0, false))
        #expect(
            try await tree(api, "?search=grosse-A").names == ["a0", "a1", "a2"].map { "custom-documents/\($0).json" })
        #expect(try await tree(api, "?search=%25") == ([], 0, false))
        let folder = try await api.get("/v1/documents/folder/plans?search=b0").json()
        #expect(folder["documents"]?.arrayValue?.map { $0["name"] } == ["b0.json"])
        #expect(folder["totalCount"] == 1)
        let page = try await api.get("/v1/documents?folder=plans&search=b&limit=1").json()
        #expect(page["documents"]?.arrayValue?.count == 1)
        #expect(page["hasMore"] == true)
    }

    @Test("updatedSince shows what was added or replaced then or later")
    func since() async throws {
        let api = try await library()
        let newest = try #require(try api.dependencies.database.read { try $0.documents() }.map(\.updatedAt).max())
        #expect(try await tree(api, "?updatedSince=\(newest)").names == ["custom-documents/a2.json"])
        #expect(try await tree(api, "?updatedSince=\(newest + 1)").names == [])
        _ = try await api.send(.put, "/v1/document/b0.json", #"{"textContent":"Delivery is late."}"#)
        #expect(try await tree(api, "?updatedSince=\(newest + 1)").names == ["plans/b0.json"])
        let date = ISODate.text(newest + 1)
        #expect(try await tree(api, "?updatedSince=\(date)").names == ["plans/b0.json"])
        #expect(try await tree(api, "?updatedSince=2000-01-01T00:00:00Z").total == 5)
        let refused = try await api.get("/v1/documents?updatedSince=yesterday")
        #expect(refused.status == 400)
        #expect(try refused.json()["error"]?.stringValue?.hasPrefix("updatedSince must be") == true)
    }

    @Test("a client that has the answer gets 304, until something changes that a listing shows")
    func tags() async throws {
        let api = try await library()
        try await api.workspace("Ops")
        func status(_ path: String, _ tag: String?) async throws -> Int {
            var fields: HTTPFields = [:]
            fields[.ifNoneMatch] = tag
            return try await api.send(.get, path, headers: fields).status
        }
        for path in ["/v1/documents", "/v1/documents?limit=2", "/v1/documents/folder/plans", "/v1/document/b0.json"] {
            let tag = try #require(try await api.get(path).headers[.eTag])
            #expect(try await status(path, tag) == 304)
        }
        // What changes a listing, and whether it does.
        let changes: [(String, String, Bool)] = [
            ("/v1/workspace/ops/chat", #"{"message":"hello"}"#, false),
            ("/v1/workspace/ops/update-embeddings", #"{"adds":["plans/b0.json"]}"#, true),
            ("/v1/workspace/ops/update-pin", #"{"docPath":"plans/b0.json","pinStatus":true}"#, true),
            ("/v1/workspace/ops/update-embeddings", #"{"deletes":["plans/b0.json"]}"#, true),
            ("/v1/document/create-folder", #"{"name":"new"}"#, true),
            ("/v1/document/move-files", #"{"files":[{"from":"plans/b1.json","to":"plans/b2.json"}]}"#, true),
            ("/v1/document/raw-text", #"{"textContent":"a","metadata":{"title":"a"}}"#, true),
        ]
        for (path, body, isChange) in changes {
            let tag = try await api.get("/v1/documents").headers[.eTag]
            #expect(try await api.post(path, body).status == 200)
            #expect(try await status("/v1/documents", tag) == (isChange ? 200 : 304), "\(path)")
        }
    }

    @Test("stored keys of any form are listed as if each document were read and written again")
    func forms() async throws {
        let api = try APIFixture()
        let rest =
            #""url":"u","title":"t","docAuthor":"a","description":"d","docSource":"s","chunkSource":"","published":"p""#
        let counts = #""wordCount":4,"token_count_estimate":5"#
        let texts = [
            "{\(rest),\(counts)}", "{\(rest),\(counts),\"id\":\"x\"}", "{\(rest)}", "{ \(rest), \(counts)}",
            "{\(rest),\(counts),\"extra\":[1,{\"b\":null}]}", "{\(rest),\(counts),\"cached\":\"no\",\"name\":5}",
            "{\(rest),\(counts),\"type\":\"folder\"}", "{\(rest),\(counts),\"watched\":1.50}", "no JSON", "", "{}",
            "[]",
            "{\(counts),\(rest),\(counts)}", "{\(rest),\(counts),\"n\":1e3}",
            "{\(rest),\(counts),\"t\":\"\\u00e9\\/\"}",
        ]
        try api.dependencies.database.write { transaction in
            for (number, text) in texts.enumerated() {
                var row = LibraryDocumentRecord(
                    folder: "forms", fileName: "f\(number + 100).json", metadata: text, contentHash: [], createdAt: 0)
                try transaction.insert(&row, text: "x")
            }
        }
        let page = try #require(try ReadLibrary(api.dependencies).folder("forms", ListingQuery()))
        #expect(page.items.count == texts.count)
        let listed = page.items.compactMap(\.listed).map(\.text).joined(separator: ",")
        let body = try await api.get("/v1/documents/folder/forms").body
        #expect(
            body == #"{"folder":"forms","documents":[\#(listed)],"totalCount":15,"hasMore":false,"error":null}"#)
        #expect(page.items.compactMap(\.listed).count == 10)
    }
}
