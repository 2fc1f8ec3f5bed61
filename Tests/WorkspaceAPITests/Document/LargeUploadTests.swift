import HTTPTypes
import OrderedJSON
import Storage
import Testing
import Workspaces

@testable import WorkspaceAPI

@Suite("Uploads that are not held in memory")
struct LargeUploadTests {
    /// Letters of one to four bytes, and some that JSON escapes; more than the limit of what is held in memory.
    private static let text = String(
        repeating: "Tide \"table\"\n\tof Größe, 漢字 and 😀 \\ end. ", count: UploadForm.memoryLimit / 40)

    private func upload(_ api: APIFixture, _ path: String, _ name: String, _ text: String) async throws
        -> APIFixture.Answer
    {
        let form = MultipartBody.part(#"name="metadata""#, #"{"docAuthor":"Ann"}"#) + MultipartBody.file(name, text)
        return try await api.send(
            .post, "/v1/document/upload" + path, MultipartBody.form(form), contentType: MultipartBody.contentType)
    }

    @Test("a large text is answered and stored as a short one is")
    func large() async throws {
        #expect(Self.text.utf8.count > UploadForm.memoryLimit)
        let api = try APIFixture()
        let answer = try await upload(api, "/tides", "tides.txt", Self.text)
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/json; charset=utf-8")
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["success", "error", "documents"])
        let record = try #require(json["documents"]?[0]?.objectValue)
        #expect(
            record.keys == [
                "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
                "pageContent", "token_count_estimate", "location", "isDirectUpload", "name",
            ])
        #expect(record["docAuthor"] == "Ann")
        #expect(record["pageContent"]?.stringValue == Self.text)
        #expect(
            record["wordCount"]?.integerValue
                == Self.text.utf8.split(separator: 32, omittingEmptySubsequences: false).count)
        #expect(record["token_count_estimate"]?.integerValue == (Self.text.utf16.count + 7) / 8)
        let documents = try api.dependencies.database.read { transaction in
            try transaction.documents().map { ($0, try transaction.text(documentId: $0.id ?? 0)) }
        }
        #expect(documents.count == 1)
        #expect(documents.first?.1 == Self.text)
        #expect(documents.first?.0.docpath == record["location"]?.stringValue)
        #expect(try api.eventRows() == [#"api_document_uploaded {"documentName":"tides.txt","folder":"tides"}"#])
        // Its fingerprint is that of the text: the same file is known again.
        let again = try await upload(api, "?onDuplicate=skip", "other.txt", Self.text).json()["documents"]?[0]
        #expect(again?["outcome"] == "skipped")
        #expect(again?["location"] == record["location"])
    }

    @Test("a large file in another encoding, of another kind or for a bad folder is taken or refused as a short one")
    func others() async throws {
        let api = try APIFixture()
        #expect(try await upload(api, "", "nul.txt", Self.text + "\0").status == 200)
        let refused = try await upload(api, "", "program.exe", Self.text)
        #expect(refused.status == 500)
        #expect(try refused.json()["documents"] == [])
        #expect(try await upload(api, "/a%2Fb", "tides.txt", Self.text).status == 500)
        #expect(try api.dependencies.database.read { try $0.documents() }.count == 1)
    }
}
