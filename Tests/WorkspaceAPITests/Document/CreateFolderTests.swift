import OrderedJSON
import Testing

@Suite("POST /v1/document/create-folder")
struct CreateFolderTests {
    private static let invalid = #"{"success":false,"message":"Failed to create folder: Invalid path."}"#

    /// Body and answer of a 500 (contract/documents.md 5.7).
    static let refusals: [(String, String)] = [
        ("{}", invalid), (#"{"name":""}"#, invalid), (#"{"name":"."}"#, invalid), (#"{"name":"/"}"#, invalid),
        (#"{"name":null}"#, invalid),
        (#"{"name":".."}"#, #"{"success":false,"message":"Failed to create folder: Invalid path name"}"#),
        (#"{"name":"./"}"#, #"{"success":false,"message":"Failed to create folder: Invalid path name"}"#),
        (
            #"{"name":"\#(String(repeating: "x", count: 1_025))"}"#,
            #"{"success":false,"message":"Failed to create folder: The name is too long"}"#
        ),
        (#"{"name":"taken"}"#, #"{"success":false,"message":"Folder by that name already exists"}"#),
        (#"{"name":"./taken/"}"#, #"{"success":false,"message":"Folder by that name already exists"}"#),
    ]

    @Test("what cannot be a new folder is refused", arguments: refusals)
    func refuse(body: String, expected: String) async throws {
        let api = try APIFixture()
        _ = try await api.post("/v1/document/create-folder", #"{"name":"taken"}"#)
        let answer = try await api.post("/v1/document/create-folder", body)
        #expect(answer.status == 500)
        #expect(answer.body == expected)
    }

    @Test("what is no text is refused", arguments: ["5", "true", "[]", "{}"])
    func types(name: String) async throws {
        let answer = try await APIFixture().post("/v1/document/create-folder", #"{"name":\#(name)}"#)
        #expect(answer.status == 500)
        #expect(answer.body.hasPrefix(#"{"success":false,"message":"Failed to create folder: "#))
    }

    /// Name as sent and the folder that is listed then.
    static let folders: [(String, String)] = [
        ("plans", "plans"), ("../x", "x"), ("/abs", "abs"), ("a/b", "a"), (" c ", "c"), ("日本語", "日本語"), ("...", "..."),
    ]

    @Test("a folder is created and listed, without an event", arguments: folders)
    func create(name: String, listed: String) async throws {
        let api = try APIFixture()
        let answer = try await api.post("/v1/document/create-folder", JSONValue.object(["name": .string(name)]).text)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"success":true,"message":null}"#)
        let folders = try await api.get("/v1/documents").json()["localFiles"]?["items"]?.arrayValue ?? []
        #expect(folders.map { $0["name"]?.stringValue }.filter { $0 != "custom-documents" } == [listed])
        #expect(try api.events().isEmpty)
    }
}
