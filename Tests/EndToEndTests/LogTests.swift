import OrderedJSON
import TestSupport
import Testing

@Suite("The log", .timeLimit(.minutes(2)))
struct LogTests {
    @Test("one event is one line, whatever names clients give")
    func lineEnds() async throws {
        // Nothing is embedded, because the embedder has no address; that is logged with the document's path.
        let site = try await Site()
        let slug = try await site.workspace("Log")
        let docpath = try await site.document("Tides", "High water is at nine.")
        let folder = "notes\n2026-01-01T00:00:00+0000 error carrel: [Storage] forged\u{1B}[31m\u{202E}"
        #expect(try await site.post("document/create-folder", ["name": .string(folder)]).status == 200)
        let moved = folder + "/tides.json"
        let move: JSONValue = ["files": [["from": .string(docpath), "to": .string(moved)]]]
        #expect(try await site.post("document/move-files", move).status == 200)
        let added = try await site.post("workspace/\(slug)/update-embeddings", ["adds": [.string(moved)]])
        #expect(added.json["failed"]?.arrayValue?.count == 1, "\(added.body)")

        let lines = site.log.split(separator: "\n")
        let about = lines.filter { $0.contains("document not embedded") }
        #expect(about.count == 1)
        #expect(about.first?.contains(#"notes\u{a}2026-01-01"#) == true)
        #expect(!lines.contains { $0.contains("forged") && !$0.contains("document not embedded") })
        #expect(!site.log.unicodeScalars.contains("\u{1B}") && !site.log.unicodeScalars.contains("\u{202E}"))
    }
}
