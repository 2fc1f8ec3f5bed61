import Foundation
import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Foreign formats through nginx")
    struct ConversionTests {
        private static let boundary = "carrel-boundary"

        /// A form with the file, itself in a file.
        private static func form(_ name: String, _ bytes: [UInt8], in folder: TemporaryDirectory) throws -> String {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
            return try folder.write(Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8), to: "form")
        }

        private func upload(_ site: Site, _ name: String, _ bytes: [UInt8]) async throws -> NginxResponse {
            let folder = try TemporaryDirectory()
            return try await site.nginx.request(
                "POST", "/api/v1/document/upload",
                headers: [site.authorization, "Content-Type: multipart/form-data; boundary=\(Self.boundary)"],
                uploading: try Self.form(name, bytes, in: folder), scheme: .http)
        }

        private static func corpus(_ name: String) throws -> [UInt8] {
            let path = PackageRoot.path("Tests/DocumentsTests/Resources/corpus/" + name)
            return Array(try Data(contentsOf: URL(filePath: path)))
        }

        /// File, and what its first document begins with.
        static let files: [(String, String)] = [
            ("tides.pdf", "High water at noon."), ("tides.docx", "Tides\n\n"), ("slides.pptx", "First slide\n"),
            ("ports.xlsx", "Port,Depth,Open\n"), ("tides.epub", "TIDES\n"), ("letter.eml", "High water at noon.\n"),
            ("scan.png", "High water at noon\n"),
        ]

        @Test("are read by the server's own isolation", arguments: files)
        func read(name: String, start: String) async throws {
            let site = try #require(SharedSite.current)
            let answer = try await upload(site, name, Self.corpus(name))
            #expect(answer.status == 200, "\(answer.body.prefix(300))")
            #expect(answer.json["documents"]?[0]?["pageContent"]?.stringValue?.hasPrefix(start) == true)
        }

        @Test("a damaged file is refused, and the server goes on")
        func damaged() async throws {
            let site = try #require(SharedSite.current)
            let answer = try await upload(site, "half.docx", Array(Self.corpus("tides.docx").prefix(5_000)))
            #expect(answer.status == 500)
            #expect(answer.json["error"] == "A processing error occurred.")
            #expect(try await site.get("documents").status == 200)
        }
    }
}
