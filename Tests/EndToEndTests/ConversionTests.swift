import Foundation
import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Foreign formats through nginx")
    struct ConversionTests {
        private static func corpus(_ name: String) throws -> [UInt8] {
            let path = PackageRoot.path("Tests/DocumentsTests/Resources/corpus/" + name)
            return Array(try Data(contentsOf: URL(filePath: path)))
        }

        /// File, and what its first document begins with.
        static let files: [(String, String)] = [
            ("tides.pdf", "High water at noon."), ("tides.docx", "Tides\n\n"), ("slides.pptx", "First slide\n"),
            ("ports.xlsx", "Port,Depth,Open\n"), ("tides.epub", "TIDES\n"), ("letter.eml", "High water at noon.\n"),
            ("scan.png", "High water at noon\n"), ("report.rtf", "Harbour Report – Übersicht\n"),
            ("show.odp", "Ebb and flow – Übersicht\n"), ("log.ods", "Port,Depth,Share,"),
        ]

        @Test("are read by the server's own isolation", arguments: files)
        func read(name: String, start: String) async throws {
            let site = try #require(SharedSite.current)
            let answer = try await site.upload(Self.corpus(name), "filename=\"\(name)\"")
            #expect(answer.status == 200, "\(answer.body.prefix(300))")
            #expect(answer.json["documents"]?[0]?["pageContent"]?.stringValue?.hasPrefix(start) == true)
        }

        @Test("a damaged file is refused, and the server goes on")
        func damaged() async throws {
            let site = try #require(SharedSite.current)
            let answer = try await site.upload(Array(Self.corpus("tides.docx").prefix(5_000)), "filename=\"half.docx\"")
            #expect(answer.status == 500)
            #expect(answer.json["error"] == "A processing error occurred.")
            #expect(try await site.get("documents").status == 200)
        }
    }
}
