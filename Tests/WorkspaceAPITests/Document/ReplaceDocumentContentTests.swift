import Foundation
import HTTPTypes
import OrderedJSON
import SentenceEmbedding
import TestSupport
import Testing

@Suite("PUT /v1/document/:docName", .timeLimit(.minutes(1)))
struct ReplaceDocumentContentTests {
    private func name(_ docpath: String) -> String { String(docpath.split(separator: "/").last ?? "") }

    private func hits(_ api: APIFixture, _ slug: String) async throws -> [String] {
        let answer = try await api.post(
            "/v1/workspace/\(slug)/vector-search", #"{"query":"delivery","scoreThreshold":0,"topN":10}"#)
        return try answer.json()["results"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
    }

    @Test("the new text is found in every workspace; name, place, identifier and pin stay")
    func text() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Law")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops,law")
        _ = try await api.post("/v1/workspace/ops/update-pin", #"{"docPath":"\#(docpath)","pinStatus":true}"#)
        func row() async throws -> JSONValue? {
            try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?[0]
        }
        let before = try #require(try await row())
        let answer = try await api.send(
            .put, "/v1/document/\(name(docpath))", #"{"textContent":"Delivery was moved to July, they say."}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json["success"] == true)
        let record = try #require(json["documents"]?[0])
        #expect(record["location"] == .string(docpath))
        #expect(record["title"] == "supply.txt")
        #expect(record["pageContent"] == "Delivery was moved to July, they say.")
        #expect(record["wordCount"] == 7)
        for slug in ["ops", "law"] {
            let texts = try await hits(api, slug)
            #expect(texts.count == 1)
            #expect(texts.first?.hasSuffix("Delivery was moved to July, they say.") == true)
        }
        let after = try #require(try await row())
        for key in ["id", "docId", "docpath", "pinned", "createdAt"] { #expect(after[key] == before[key], "\(key)") }
        #expect(after["lastUpdatedAt"] != before["lastUpdatedAt"])
        #expect(after["metadata"]?.stringValue?.contains(#""wordCount":7"#) == true)
        let shown = try await api.get("/v1/document/\(name(docpath))").json()["document"]
        #expect(shown?["id"] == record["id"])
        #expect(shown?["wordCount"] == 7)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":2}"#)
    }

    @Test("a file replaces a document as a text does")
    func file() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let answer = try await api.send(
            .put, "/v1/document/\(name(docpath))", MultipartBody.form(MultipartBody.file("new.txt", "Delivery: July.")),
            contentType: MultipartBody.contentType)
        #expect(answer.status == 200)
        #expect(try answer.json()["documents"]?[0]?["location"] == .string(docpath))
        #expect(try await hits(api, "ops").map { $0.hasSuffix("Delivery: July.") } == [true])
        let none = try await api.send(
            .put, "/v1/document/\(name(docpath))", MultipartBody.form(MultipartBody.part(#"name="x""#, "y")),
            contentType: MultipartBody.contentType)
        #expect(none.status == 500)
        #expect(none.body == #"{"success":false,"error":"The request has no file part."}"#)
    }

    @Test("a document that no workspace holds is replaced without the embedder, and its old embedding goes")
    func unheld() async throws {
        let embedder = GatedEmbedder()
        let api = try APIFixture(embedder: embedder)
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"deletes":["\#(docpath)"]}"#)
        // An embedder that was asked about this text would stop until the test lets it go on.
        #expect(
            try await api.send(.put, "/v1/document/\(name(docpath))", #"{"textContent":"GATE, July."}"#).status == 200)
        embedder.gate.open()
        #expect(try await api.get("/v1/document/\(name(docpath))").json()["document"]?["cached"] == false)
        _ = try await api.post("/v1/workspace/ops/update-embeddings", #"{"adds":["\#(docpath)"]}"#)
        #expect(try await hits(api, "ops").map { $0.hasSuffix("GATE, July.") } == [true])
    }

    @Test("what cannot be embedded changes nothing")
    func unembeddable() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let before = try await api.get("/v1/document/\(name(docpath))").body
        let answer = try await api.send(.put, "/v1/document/\(name(docpath))", #"{"textContent":" "}"#)
        #expect(answer.status == 500)
        #expect(try answer.json()["documents"] == [])
        #expect(try answer.json()["error"]?.stringValue?.contains("Could not embed document chunks!") == true)
        #expect(try await api.get("/v1/document/\(name(docpath))").body == before)
        #expect(try await hits(api, "ops").map { $0.hasSuffix("Delivery is due in June.") } == [true])
    }

    @Test("of documents of one name that of the given folder is replaced")
    func folders() async throws {
        let api = try APIFixture()
        let workbook = try Data(
            contentsOf: URL(filePath: PackageRoot.path("Tests/DocumentsTests/Resources/corpus/ports.xlsx")))
        let head = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ports.xlsx\"\r\n\r\n"
        for folder in ["books", "zoo"] {
            _ = try await api.send(
                .post, "/v1/document/upload/" + folder,
                bytes: Array(head.utf8) + workbook + Array("\r\n--XX--\r\n".utf8),
                contentType: MultipartBody.contentType)
        }
        let name = "/v1/document/sheet-Tides-2024.json"
        func put(_ query: String, _ file: String) async throws -> APIFixture.Answer {
            try await api.send(
                .put, name + query, MultipartBody.form(file), contentType: MultipartBody.contentType)
        }
        let books = try await api.get("/v1/documents/folder/books").body
        let new = MultipartBody.file("new.txt", "Delivery: July.")
        let answer = try await put("?folder=zoo", new)
        #expect(try answer.json()["documents"]?[0]?["location"] == "zoo/sheet-Tides-2024.json")
        #expect(try await api.get("/v1/documents/folder/zoo").body.contains(#""title":"new.txt""#))
        #expect(try await api.get("/v1/documents/folder/books").body == books)
        #expect(try await put("?folder=none", new).status == 404)
    }

    @Test("a file that holds several documents is refused, and the document stays")
    func several() async throws {
        let api = try APIFixture()
        let docpath = try await api.document("supply", "Delivery is due in June.")
        let mail = "From x Mon Mar  4 09:00:00 2024\nSubject: tides\n\nHigh water at noon.\n\n"
        func put(_ mails: String) async throws -> APIFixture.Answer {
            try await api.send(
                .put, "/v1/document/\(name(docpath))", MultipartBody.form(MultipartBody.file("a.mbox", mails)),
                contentType: MultipartBody.contentType)
        }
        let before = try await api.get("/v1/document/\(name(docpath))").body
        let answer = try await put(mail + mail)
        #expect(answer.status == 409)
        #expect(
            answer.body == #"{"success":false,"error":"a.mbox holds 2 documents, but one is to be replaced."}"#)
        #expect(try await api.get("/v1/document/\(name(docpath))").body == before)
        #expect(try await put(mail).status == 200)
    }

    @Test("an unknown name is 404, a missing text 422")
    func refusals() async throws {
        let api = try APIFixture()
        let docpath = try await api.document("supply", "Delivery is due in June.")
        for unknown in ["none.json", "..", "."] {
            let answer = try await api.send(.put, "/v1/document/\(unknown)", #"{"textContent":"a"}"#)
            #expect(answer.status == 404)
            #expect(answer.body == #"{"success":false,"error":"There is no document \#(unknown)."}"#)
        }
        let empty = try await api.send(.put, "/v1/document/\(name(docpath))", "{}")
        #expect(empty.status == 422)
        #expect(empty.body == #"{"success":false,"error":"The 'textContent' key cannot have an empty value."}"#)
    }
}
