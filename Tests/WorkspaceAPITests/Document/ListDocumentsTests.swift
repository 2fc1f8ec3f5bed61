import OrderedJSON
import Testing

@Suite("GET /v1/documents")
struct ListDocumentsTests {
    @Test("an empty library has its root, and maybe the default folder")
    func empty() async throws {
        let json = try await APIFixture().get("/v1/documents").json()
        #expect(json.objectValue?.keys == ["localFiles"])
        #expect(json["localFiles"]?.objectValue?.keys == ["name", "type", "items"])
        #expect(json["localFiles"]?["name"] == "documents")
        #expect(json["localFiles"]?["type"] == "folder")
        #expect(json["localFiles"]?["items"]?.arrayValue?.allSatisfy { $0["items"] == [] } == true)
    }

    @Test("folders come with the default one first, the rest in byte order; nested and .md ones are not shown")
    func folders() async throws {
        let api = try APIFixture()
        try await api.document("supply", "Delivery is due in June.")
        for name in ["b", "a/nested", "Z", "notes.md", "ä"] {
            _ = try await api.post("/v1/document/create-folder", #"{"name":"\#(name)"}"#)
        }
        for query in ["", "?folder="] {
            let folders = try await api.get("/v1/documents" + query).json()["localFiles"]?["items"]?.arrayValue ?? []
            #expect(folders.map { $0["name"]?.stringValue } == ["custom-documents", "Z", "a", "b", "ä"])
            #expect(folders.map { $0["items"]?.arrayValue?.count } == [1, 0, 0, 0, 0])
            #expect(folders.allSatisfy { $0.objectValue?.keys == ["name", "type", "items"] })
        }
    }

    @Test("an item has the stored keys between its name and its marks")
    func item() async throws {
        let api = try APIFixture()
        let docpath = try await api.document("supply", "Delivery is due in June.")
        func item() async throws -> JSONValue? {
            try await api.get("/v1/documents").json()["localFiles"]?["items"]?[0]?["items"]?[0]
        }
        let listed = try #require(try await item()?.objectValue)
        #expect(
            listed.keys == [
                "name", "type", "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource",
                "published",
                "wordCount", "token_count_estimate", "cached", "canWatch", "pinnedWorkspaces", "watched",
            ])
        #expect(listed["name"] == .string(String(docpath.dropFirst("custom-documents/".count))))
        #expect(listed["type"] == "file")
        #expect(listed["cached"] == false)
        #expect(listed["canWatch"] == false)
        #expect(listed["pinnedWorkspaces"] == [])
        #expect(listed["watched"] == false)
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["\#(docpath)"]}"#)
        #expect(try await item()?["cached"] == true)
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"deletes":["\#(docpath)"]}"#)
        #expect(try await item()?["cached"] == true)
    }

    @Test("the whole tree is that of now, byte for byte the same while nothing changes")
    func current() async throws {
        let api = try APIFixture()
        var earlier = try await api.get("/v1/documents").body
        let first = try await api.document("supply", "Delivery is due in June.")
        let changes: [@Sendable () async throws -> Void] = [
            { try await api.document("tide", "High water is at noon.") },
            { _ = try await api.post("/v1/document/create-folder", #"{"name":"papers"}"#) },
            {
                let move = #"{"files":[{"from":"\#(first)","to":"papers/supply.json"}]}"#
                _ = try await api.post("/v1/document/move-files", move)
            },
        ]
        for change in changes {
            try await change()
            let now = try await api.get("/v1/documents").body
            #expect(now != earlier)
            #expect(try await api.get("/v1/documents").body == now)
            // A page of all is never a kept answer.
            let page = try await api.get("/v1/documents?limit=1000").json()["localFiles"]?["items"]?.arrayValue ?? []
            let whole = try JSONParser.parse(now)["localFiles"]?["items"]?.arrayValue ?? []
            #expect(whole.filter { $0["items"] != [] } == page)
            earlier = now
        }
    }

    @Test("?folder= is a page of 100 that says its status")
    func folder() async throws {
        let api = try APIFixture()
        for number in 1...101 { try await api.document("d\(number)", "x") }
        let answer = try await api.get("/v1/documents?folder=custom-documents")
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["folder", "documents", "totalCount", "hasMore", "code", "error"])
        #expect(json["documents"]?.arrayValue?.count == 100)
        #expect(json["totalCount"] == 101)
        #expect(json["hasMore"] == true)
        #expect(json["code"] == 200)
        #expect(json["error"] == .null)
        let missing = try await api.get("/v1/documents?folder=none")
        #expect(missing.status == 404)
        #expect(
            missing.body
                == #"{"folder":"none","documents":[],"totalCount":0,"hasMore":false,"code":404,"error":"Folder \"none\" does not exist."}"#
        )
    }
}
