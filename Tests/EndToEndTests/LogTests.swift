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

    @Test("what an embedder says is told to the client and not to the log, because it may repeat the document")
    func wordsOfEmbedder() async throws {
        let server = try ScriptedHTTPServer { request in
            let body: JSONValue = ["error": ["message": .string(request.text)]]
            return .answer(status: 400, body: body.text)
        }
        defer { server.stop() }
        let site = try await Site(["EMBEDDING_BASE_PATH": server.base, "EMBEDDING_MODEL_PREF": "scripted"])
        let slug = try await site.workspace("Embedder")
        let docpath = try await site.document("Memo", "The merger is on Friday.")
        let added = try await site.post("workspace/\(slug)/update-embeddings", ["adds": [.string(docpath)]])
        #expect(added.body.contains("The merger is on Friday."))
        let accepted = try await site.post(
            "workspace/\(slug)/update-embeddings?async=true", ["adds": [.string(docpath)]])
        let job = try #require(accepted.json["job"]?["id"]?.stringValue)
        _ = try await Retry.until("the end of the job") {
            let state = try await site.get("jobs/\(job)")
            return state.body.contains(#""failed":1"#) ? state : nil
        }
        #expect(site.log.contains("error.reason=embedder: "))
        #expect(!site.log.contains("merger"))
    }
}
