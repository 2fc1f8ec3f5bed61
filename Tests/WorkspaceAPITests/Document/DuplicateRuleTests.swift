import HTTPTypes
import OrderedJSON
import Storage
import Testing

@testable import Workspaces

@Suite("?onDuplicate= of uploads and raw texts")
struct DuplicateRuleTests {
    private func store(_ api: APIFixture, _ query: String, _ text: String, title: String = "supply") async throws
        -> JSONValue
    {
        let body: JSONValue = [
            "textContent": .string(text), "metadata": ["title": .string(title)], "addToWorkspaces": "ops",
        ]
        return try await api.post("/v1/document/raw-text" + query, body.text).json()["documents"]?[0] ?? .null
    }

    private func upload(_ api: APIFixture, _ path: String, _ text: String) async throws -> JSONValue {
        let answer = try await api.send(
            .post, "/v1/document/upload" + path, MultipartBody.form(MultipartBody.file("plan.txt", text)),
            contentType: MultipartBody.contentType)
        return try answer.json()["documents"]?[0] ?? .null
    }

    private func names(_ api: APIFixture) async throws -> [String] {
        let folders = try await api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue ?? []
        return folders.flatMap { $0["items"]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
    }

    @Test("keep stores again, as without a rule, and says nothing of it", arguments: ["", "?onDuplicate=keep"])
    func keep(query: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let first = try await store(api, query, "Delivery is due in June.")
        let second = try await store(api, query, "Delivery is due in June.")
        #expect(first["location"] != second["location"])
        #expect(second["outcome"] == nil)
        #expect(try await names(api).count == 2)
    }

    @Test("skip stores a text once, whatever it is called, and still puts it into the workspaces")
    func skip() async throws {
        let api = try APIFixture()
        let first = try await store(api, "?onDuplicate=skip", "Delivery is due in June.")
        #expect(first["outcome"] == "stored")
        try await api.workspace("Ops")
        let second = try await store(api, "?onDuplicate=skip", "Delivery is due in June.", title: "other")
        #expect(second["outcome"] == "skipped")
        #expect(second["location"] == first["location"])
        #expect(second["title"] == "supply.txt")
        #expect(second["pageContent"] == "Delivery is due in June.")
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
        #expect(try await store(api, "?onDuplicate=skip", "Delivery is due in July.")["outcome"] == "stored")
        #expect(try await names(api).count == 2)
        #expect(try api.events().filter { $0 == "api_raw_document_uploaded" }.count == 3)
    }

    @Test("replace gives the document of that title the new text where it is held, and leaves an equal one alone")
    func replace() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let first = try await store(api, "?onDuplicate=replace", "Delivery is due in June.")
        #expect(first["outcome"] == "stored")
        let same = try await store(api, "?onDuplicate=replace", "Delivery is due in June.")
        #expect(same["outcome"] == "skipped")
        let second = try await store(api, "?onDuplicate=replace", "Delivery is due in July.")
        #expect(second["outcome"] == "replaced")
        #expect(second["location"] == first["location"])
        #expect(second["id"] == first["id"])
        #expect(try await names(api).count == 1)
        let hits = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"delivery","scoreThreshold":0}"#)
        let texts = try hits.json()["results"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        #expect(texts.map { $0.hasSuffix("July.") } == [true])
        #expect(try await store(api, "?onDuplicate=replace", "Else.", title: "other")["outcome"] == "stored")
    }

    @Test("uploads follow the same rules; with a folder only its documents are replaced")
    func uploads() async throws {
        let api = try APIFixture()
        let first = try await upload(api, "?onDuplicate=replace", "High water at noon.")
        let other = try await upload(api, "/tides?onDuplicate=replace", "High water at one.")
        #expect(other["outcome"] == "stored")
        #expect(other["location"]?.stringValue?.hasPrefix("tides/") == true)
        let again = try await upload(api, "/tides?onDuplicate=replace", "High water at two.")
        #expect(again["outcome"] == "replaced")
        #expect(again["location"] == other["location"])
        let skipped = try await upload(api, "/tides?onDuplicate=skip", "High water at noon.")
        #expect(skipped["outcome"] == "skipped")
        #expect(skipped["location"] == first["location"])
        #expect(skipped["name"] == nil)
    }

    @Test("documents without a fingerprint get theirs, as at the start of a server, and are known again then")
    func earlier() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let first = try await store(api, "", "Delivery is due in June.")
        try api.dependencies.database.write { transaction in
            guard var row = try transaction.documents().first else { return }
            (row.textHash, row.source) = (nil, nil)
            try transaction.setFingerprint(of: row)
        }
        try FingerprintDocuments(dependencies: api.dependencies)()
        let marked = try api.dependencies.database.read { try $0.documentsWithoutTextHash(limit: 10) }
        #expect(marked == [])
        #expect(try await store(api, "?onDuplicate=skip", "Delivery is due in June.")["location"] == first["location"])
        #expect(try await store(api, "?onDuplicate=replace", "July.")["location"] == first["location"])
    }

    @Test("another rule is refused before anything is done", arguments: ["never", "Skip", "keep,skip"])
    func refused(rule: String) async throws {
        let api = try APIFixture()
        let expected = #"{"success":false,"error":"onDuplicate must be keep, skip or replace."}"#
        for path in ["raw-text", "upload", "upload/plans"] {
            let answer = try await api.send(
                .post, "/v1/document/\(path)?onDuplicate=\(rule)",
                MultipartBody.form(MultipartBody.file("plan.txt", "High water.")),
                contentType: MultipartBody.contentType)
            #expect(answer.status == 422)
            #expect(answer.body == expected)
        }
        #expect(try await names(api) == [])
    }
}
