import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    /// What the README shows: workspace, document, search, answer.
    @Suite("From nothing to a cited answer")
    struct JourneyTests {
        private static let text = """
            A carrel is a small private desk in a library. Readers reserve a carrel for a term.

            The reading room opens at nine. Coffee is not allowed near the manuscripts.
            """

        @Test("raw text that is embedded later gives a cited, streamed answer", arguments: Site.Scheme.allCases)
        func journey(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            #expect(try await site.nginx.request("GET", "/api/ping", scheme: scheme).body == #"{"online":true}"#)
            #expect(try await site.get("auth", scheme: scheme).body == #"{"authenticated":true}"#)

            let slug = try await site.workspace("Journey over \(scheme.rawValue)")
            #expect(slug == "journey-over-\(scheme.rawValue)")
            let docpath = try await site.document("Library handbook", Self.text)
            #expect(docpath.hasPrefix("custom-documents/raw-library-handbook-"))

            let updated = try await site.post(
                "workspace/\(slug)/update-embeddings", ["adds": [.string(docpath)]], scheme: scheme)
            #expect(updated.json["workspace"]?["documents"]?[0]?["docpath"] == .string(docpath))

            let found = try await site.post(
                "workspace/\(slug)/vector-search", ["query": "What is a carrel?", "scoreThreshold": 0], scheme: scheme)
            #expect(found.json["results"]?[0]?["metadata"]?["title"] == "library-handbook.txt")

            let stream = try site.stream(
                "workspace/\(slug)/stream-chat", ["message": "What is a carrel?"], scheme: scheme)
            let answer = try await stream.readToEnd()
            #expect(answer.status == 0)
            let events = try WireEvents(answer.body)
            #expect(
                events.text.contains(#"From library-handbook.txt: "A carrel is a small private desk in a library."#))
            #expect(events.sources.first?["title"] == "library-handbook.txt")
            #expect(events.events.last?["metrics"]?["provider"] == "ExtractiveLLM")
            #expect(try await site.history(slug).map(\.content) == ["What is a carrel?", events.text])
        }

        @Test("a synchronous chat gives the same answer in one object")
        func synchronousChat() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Journey in one piece")
            _ = try await site.document("Library handbook", Self.text, workspaces: slug)
            let answer = try await site.post("workspace/\(slug)/chat", ["message": "What is a carrel?"])
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(
                answer.json.objectValue?.keys == [
                    "id", "type", "close", "error", "chatId", "textResponse", "sources", "metrics",
                ])
            #expect(
                answer.json["textResponse"]?.stringValue?.contains("A carrel is a small private desk in a library.")
                    == true)
        }

        @Test("keys, prompts and document text never reach the log, whatever its level")
        func nothingPrivateIsLogged() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Journey of secrets")
            _ = try await site.document("Secrets", "The vault of zyxomma opens at midnight.", workspaces: slug)
            let chat = try await site.post("workspace/\(slug)/chat", ["message": "When does quokkavault open?"])
            #expect(chat.status == 200)
            let key = "Authorization: Bearer ZZZZZZZ-WRONGKE-ZZZZZZZ-ZZZZZZZ"
            #expect(try await site.nginx.request("GET", "/api/v1/auth", headers: [key]).status == 403)
            #expect(site.log.contains("listening"))
            for word in [site.key, "ZZZZZZZ-WRONGKE", "zyxomma", "quokkavault", "sk-upstream-secret"] {
                #expect(!site.log.contains(word), "\(word)")
            }
        }
    }
}
