import HTTPTypes
import OrderedJSON
import Testing

@Suite("What searches take beyond the contract")
struct SearchFieldsTests {
    private static let path = "/v1/workspace/ops/vector-search"

    /// Five documents of the same words with metadata of their own, and one of several chunks.
    private func library() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops", #""similarityThreshold":0"#)
        let metadata: [JSONObject] = [
            ["title": "a", "year": 2019, "team": "Blue", "tags": ["x", "y"], "docAuthor": "Ann", "draft": true],
            ["title": "b", "year": 2021, "team": "Red", "tags": ["y"], "docAuthor": "Bob", "draft": false],
            ["title": "c", "year": 2023, "team": "Blue", "customer": ["city": "Graz"], "due": "2026-03-01"],
            ["title": "d", "year": "2023", "team": nil, "due": "2026-10-01"],
            ["title": "e"],
        ]
        for object in metadata {
            let body: JSONValue = [
                "textContent": "delivery june", "addToWorkspaces": "ops", "metadata": .object(object),
            ]
            #expect(try await api.post("/v1/document/raw-text", body.text).status == 200)
        }
        return api
    }

    private func titles(_ api: APIFixture, _ fields: String, query: String = "delivery") async throws -> [String] {
        let answer = try await api.post(Self.path, #"{"query":"\#(query)","topN":9,\#(fields)}"#)
        #expect(answer.status == 200, "\(answer.body)")
        return try answer.json()["results"]?.arrayValue?.compactMap { $0["metadata"]?["title"]?.stringValue } ?? []
    }

    /// Filters and the documents that they leave.
    static let filters: [(String, String)] = [
        (#"{"team":{"eq":"Blue"}}"#, "ac"), (#"{"team":{"ne":"Blue"}}"#, "bde"), (#"{"team":{"eq":"blue"}}"#, ""),
        (#"{"team":{"in":["Red","Green"]}}"#, "b"), (#"{"team":{"in":[]}}"#, ""), (#"{"year":{"gt":2019}}"#, "bc"),
        (#"{"year":{"gte":2019,"lt":2023}}"#, "ab"), (#"{"year":{"lte":2021}}"#, "ab"),
        (#"{"year":{"eq":2023}}"#, "c"), (#"{"year":{"eq":"2023"}}"#, "d"), (#"{"team":{"exists":true}}"#, "abc"),
        (#"{"team":{"exists":false}}"#, "de"), (#"{"tags":{"eq":"y"}}"#, "ab"), (#"{"tags":{"ne":"x"}}"#, "bcde"),
        (#"{"draft":{"eq":true}}"#, "a"), (#"{"draft":{"ne":true}}"#, "bcde"),
        (#"{"customer.city":{"eq":"Graz"}}"#, "c"),
        (#"{"due":{"gte":"2026-04-01"}}"#, "d"), (#"{"author":{"eq":"Ann"}}"#, "a"),
        (#"{"docAuthor":{"eq":"Bob"}}"#, "b"), (#"{"title":{"eq":"e"}}"#, "e"), (#"{"title":{"eq":"e.txt"}}"#, "e"),
        (#"{"wordCount":{"eq":2}}"#, "abcde"), (#"{"wordCount":{"gt":2}}"#, ""),
        (#"{"team":{"eq":"Blue"},"year":{"gt":2020}}"#, "c"),
        (#"{"or":[{"team":{"eq":"Red"}},{"year":{"eq":2019}}]}"#, "ab"),
        (#"{"and":[{"team":{"eq":"Blue"}},{"not":{"year":{"eq":2019}}}]}"#, "c"),
        (#"{"not":{"or":[{"title":{"eq":"a"}},{"title":{"eq":"b"}}]}}"#, "cde"), ("null", "abcde"),
        (#"{"nothing":{"eq":"x"}}"#, ""), (#"{"title":{"eq":"'; DROP TABLE documents"}}"#, ""),
    ]

    @Test("a filter leaves the documents that it accepts, in every mode", arguments: filters)
    func filter(filter: String, expected: String) async throws {
        let api = try await library()
        for mode in ["normal", "hybrid", "rerank", "lexical"] {
            let found = try await titles(api, #""mode":"\#(mode)","filter":\#(filter)"#)
            #expect(found.map { String($0.prefix(1)) }.sorted().joined() == expected, "\(mode)")
        }
    }

    /// Filters that mean nothing.
    static let malformed = [
        "5", "true", #""x""#, "[]", "{}", #"{"a":1}"#, #"{"a":{}}"#, #"{"a":[]}"#, #"{"a":{"like":"x"}}"#,
        #"{"a":{"eq":null}}"#, #"{"a":{"eq":[1]}}"#, #"{"a":{"eq":{}}}"#, #"{"a":{"eq":1e999}}"#, #"{"a":{"in":1}}"#,
        #"{"a":{"in":[null]}}"#, #"{"a":{"gt":true}}"#, #"{"a":{"exists":1}}"#, #"{"and":{}}"#, #"{"and":[]}"#,
        #"{"or":[1]}"#, #"{"not":[]}"#, #"{"not":{}}"#, #"{"":{"eq":1}}"#,
        String(repeating: #"{"not":"#, count: 8) + #"{"a":{"eq":1}}"# + String(repeating: "}", count: 8),
        #"{"a":{"in":[\#(Array(repeating: "1", count: 1000).joined(separator: ","))]}}"#,
        #"{"a":{"eq":"\#(String(repeating: "x", count: 4097))"}}"#,
        #"{"\#(String(repeating: "x", count: 4097))":{"eq":1}}"#,
    ]

    @Test("a malformed filter is refused with a reason", arguments: malformed)
    func malformedFilter(filter: String) async throws {
        let api = try await library()
        let answer = try await api.post(Self.path, #"{"query":"delivery","filter":\#(filter)}"#)
        #expect(answer.status == 400)
        #expect(answer.body.hasPrefix(#"{"message":"The filter is malformed: "#), "\(answer.body)")
    }

    @Test("a narrow filter still gives as many results as there are")
    func narrowFilter() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""similarityThreshold":0"#)
        for number in 1...40 {
            // The ones that are wanted are the farthest ones.
            let isWanted = number.isMultiple(of: 10)
            let body: JSONValue = [
                "textContent": .string(isWanted ? "delivery and much else that is not it" : "delivery june"),
                "addToWorkspaces": "ops", "metadata": ["title": .string("t\(number)"), "wanted": .bool(isWanted)],
            ]
            _ = try await api.post("/v1/document/raw-text", body.text)
        }
        for mode in ["normal", "hybrid", "rerank", "lexical"] {
            let answer = try await api.post(
                Self.path,
                #"{"query":"delivery june","topN":3,"mode":"\#(mode)","filter":{"wanted":{"eq":true}}}"#)
            #expect(try answer.json()["results"]?.arrayValue?.count == 3, "\(mode)")
        }
    }

    @Test("the metadata of an upload can be filtered by, in the workspace to which its document is added later too")
    func upload() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""similarityThreshold":0"#)
        let form = MultipartBody.form(
            MultipartBody.part(#"name="metadata""#, #"{"docAuthor":"Ann","room":12}"#)
                + MultipartBody.file("plan.txt", "delivery june"))
        let stored = try await api.send(
            .post, "/v1/document/upload", form, contentType: MultipartBody.contentType
        ).json()
        let location = try #require(stored["documents"]?[0]?["location"])
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":[\#(location.text)]}"#)
        #expect(try await titles(api, #""filter":{"room":{"gte":12}}"#) == ["plan.txt"])
        #expect(try await titles(api, #""filter":{"room":{"gt":12}}"#).isEmpty)
        #expect(try await titles(api, #""filter":{"author":{"eq":"Ann"}}"#) == ["plan.txt"])
    }

    @Test("metadata that is only kept for filters is shown nowhere")
    func unseen() async throws {
        let api = try await library()
        for path in ["/v1/documents", "/v1/workspace/ops"] {
            let body = try await api.get(path).body
            #expect(!body.contains("Blue") && !body.contains("attributes"))
        }
        let found = try await api.post(Self.path, #"{"query":"delivery"}"#)
        #expect(!found.body.contains("Blue"))
    }

    /// A document of chunks one to five of almost a thousand characters each, and a short one.
    private func chunks() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops", #""similarityThreshold":0"#)
        let paragraphs = (1...5).map { number in
            "chunk\(number) " + Array(repeating: "filler\(number)", count: 100).joined(separator: " ")
        }
        try await api.document("long", paragraphs.joined(separator: "\n\n"), workspaces: "ops")
        try await api.document("short", "filler3 chunk3", workspaces: "ops")
        return api
    }

    @Test("neighbours come with a hit in the order of the document, and stop at its ends")
    func context() async throws {
        let api = try await chunks()
        let answer = try await api.post(
            Self.path, #"{"query":"chunk2 filler2","mode":"lexical","topN":1,"context":2}"#)
        let result = try #require(try answer.json()["results"]?[0])
        #expect(
            result.objectValue?.keys == [
                "id", "text", "metadata", "distance", "score", "chunkIndex", "chunkCount", "context",
            ])
        #expect(result["chunkIndex"] == 1)
        #expect(result["chunkCount"] == 5)
        let before = result["context"]?["before"]?.arrayValue ?? []
        let after = result["context"]?["after"]?.arrayValue ?? []
        #expect(before.count == 1 && before.first?.stringValue?.contains("chunk1") == true)
        #expect(after.count == 2 && after.last?.stringValue?.contains("chunk4") == true)
        #expect(result["distance"] == .null)
    }

    @Test("places come when they are asked for, and only then")
    func place() async throws {
        let api = try await chunks()
        let placed = try await api.post(Self.path, #"{"query":"filler5","topN":1,"chunkPosition":true}"#).json()
        #expect(placed["results"]?[0]?["chunkIndex"] == 4)
        #expect(placed["results"]?[0]?["context"] == nil)
        for fields in ["", #","chunkPosition":false"#, #","context":0"#, #","context":null"#] {
            let plain = try await api.post(Self.path, #"{"query":"filler5","topN":1\#(fields)}"#).json()
            #expect(plain["results"]?[0]?.objectValue?.keys == ["id", "text", "metadata", "distance", "score"])
        }
    }

    @Test("a limit for each document lets the next ones in", arguments: ["normal", "hybrid", "rerank", "lexical"])
    func maxPerDocument(mode: String) async throws {
        let api = try await chunks()
        let query = #""query":"filler1 filler2 filler3 filler4 filler5","mode":"\#(mode)","topN":2"#
        let one = try await titles(api, "\(query),\"maxPerDocument\":1")
        #expect(Set(one) == ["long.txt", "short.txt"])
        let many = try await api.post(Self.path, #"{\#(query),"topN":9,"maxPerDocument":3}"#).json()
        let counts = Dictionary(grouping: many["results"]?.arrayValue ?? []) { $0["metadata"]?["title"]?.stringValue }
        #expect(counts["long.txt"]?.count == 3)
        #expect(counts["short.txt"]?.count == 1)
    }

    static let wrong = [
        (#""mode":"fast""#, "mode must be one of normal, default, hybrid, rerank, lexical."),
        (#""mode":5"#, "mode must be one of normal, default, hybrid, rerank, lexical."),
        (#""context":11"#, "context must be a whole number from 0 to 10."),
        (#""context":-1"#, "context must be a whole number from 0 to 10."),
        (#""context":"2""#, "context must be a whole number from 0 to 10."),
        (#""context":1.5"#, "context must be a whole number from 0 to 10."),
        (#""maxPerDocument":0"#, "maxPerDocument must be a whole number from 1 to 1000000."),
        (#""chunkPosition":1"#, "chunkPosition must be true or false."),
    ]

    @Test("wrong values are refused with a reason", arguments: wrong)
    func refuse(field: String, reason: String) async throws {
        let api = try await library()
        let answer = try await api.post(Self.path, #"{"query":"delivery",\#(field)}"#)
        #expect(answer.status == 400)
        #expect(answer.body == #"{"message":"\#(reason)"}"#)
    }
}
