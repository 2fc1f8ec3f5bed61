import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("GET /v1/document/generated-files/:filename")
struct GeneratedFilesTests {
    private static let id = "0f0e7d5c-9d0a-4f3e-8f0e-6a2d8c1b7e11"

    private static func api(_ files: [String: Data]) throws -> (APIFixture, TemporaryDirectory) {
        let storage = try TemporaryDirectory()
        let folder = storage.file("generated-files")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: URL(filePath: folder + "/" + name)) }
        return (try APIFixture(settings: ["STORAGE_DIR": storage.path]), storage)
    }

    /// Extension and media type (contract/documents.md 5.10).
    static let types: [(String, String)] = [
        ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), ("pdf", "application/pdf"),
        ("txt", "text/plain"), ("csv", "text/csv"), ("json", "application/json"), ("html", "text/html"),
        ("xml", "application/xml"), ("zip", "application/zip"), ("png", "image/png"), ("jpg", "image/jpeg"),
        ("JPEG", "image/jpeg"), ("gif", "image/gif"), ("svg", "image/svg+xml"), ("mp3", "audio/mpeg"),
        ("mp4", "video/mp4"), ("webm", "video/webm"), ("xyz", "application/octet-stream"),
        ("a_1", "application/octet-stream"),
    ]

    @Test("a file comes with its type, its name and its length, and is counted", arguments: types)
    func download(suffix: String, type: String) async throws {
        let name = "File-\(Self.id).\(suffix)"
        let (api, storage) = try Self.api([name: Data("content".utf8)])
        let answer = try await api.get("/v1/document/generated-files/" + name)
        #expect(answer.status == 200)
        #expect(answer.body == "content")
        #expect(answer.contentType == type)
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
        #expect(answer.headers[.contentLength] == "7")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(try api.telemetry() == ["agent_generated_file_downloaded": 1])
        #expect(try api.events().isEmpty)
        withExtendedLifetime(storage) {}
    }

    @Test("large and empty files come whole")
    func sizes() async throws {
        let (large, empty) = ("a-\(Self.id).txt", "b-\(Self.id).txt")
        let text = String(repeating: "0123456789", count: 30_000)
        let (api, storage) = try Self.api([large: Data(text.utf8), empty: Data()])
        #expect(try await api.get("/v1/document/generated-files/" + large).body == text)
        #expect(try await api.get("/v1/document/generated-files/" + empty).body == "")
        withExtendedLifetime(storage) {}
    }

    static let badNames = [
        "a", "a.txt", "-\(id).pdf", "pdf-\(id)", "pdf-\(id).", "pdf-\(id).p.f", "pdf-\(id).p-f", "pdf1-\(id).pdf",
        "pdf-\(id)0.pdf",
        "pdf-\(id.dropLast()).pdf", "pdf-\(id.dropLast())g.pdf", "pdf-\(id).pdf%0A", "%2e%2e", "..%2Fpdf-\(id).pdf",
        "pdf-\(id).pdf%2F..",
        "pdf-\(id).%C3%A9", "p%C3%A9f-\(id).pdf", "pdf-\(id).\(String(repeating: "x", count: 300))",
    ]

    @Test("names of another form are refused", arguments: badNames)
    func badName(name: String) async throws {
        let (api, storage) = try Self.api([:])
        let answer = try await api.get("/v1/document/generated-files/" + name)
        #expect(answer.status == 400)
        #expect(answer.body == #"{"error":"Invalid filename format"}"#)
        withExtendedLifetime(storage) {}
    }

    @Test("a file that is not there is a 404, also when the folder is not")
    func missing() async throws {
        let (api, storage) = try Self.api([:])
        for api in [api, try APIFixture(settings: ["STORAGE_DIR": storage.file("none")])] {
            let answer = try await api.get("/v1/document/generated-files/pdf-\(Self.id).pdf")
            #expect(answer.status == 404)
            #expect(answer.body == #"{"error":"File not found"}"#)
            #expect(try api.telemetry().isEmpty)
        }
    }

    @Test("a folder, and a link that leads elsewhere, cannot be downloaded")
    func noFile() async throws {
        let (api, storage) = try Self.api([:])
        let (folder, link) = ("pdf-\(Self.id).pdf", "txt-\(Self.id).txt")
        try FileManager.default.createDirectory(
            atPath: storage.file("generated-files/" + folder), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: storage.file("generated-files/" + link), withDestinationPath: "/etc/passwd")
        for name in [folder, link] {
            let answer = try await api.get("/v1/document/generated-files/" + name)
            #expect(answer.status == 500)
            #expect(answer.body == #"{"error":"Failed to download file"}"#)
        }
        #expect(try api.telemetry().isEmpty)
    }
}
