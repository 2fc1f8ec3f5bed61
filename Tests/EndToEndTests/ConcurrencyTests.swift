import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Many at once")
    struct ConcurrencyTests {
        @Test("fifty chats at once get the same answer, and all are stored")
        func fiftyChats() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Fifty")
            _ = try await site.document(
                "Opening hours", "The reading room opens at nine. It closes at six.", workspaces: slug)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<50 {
                    group.addTask { try await chat(site, slug, number) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50)
            #expect(Set(answers).count == 1)
            #expect(answers[0].contains("The reading room opens at nine."))
            let messages = try await site.history(slug).filter { $0.role == "user" }.map(\.content)
            #expect(Set(messages) == Set((0..<50).map(Self.message)))
        }

        private static func message(_ number: Int) -> String {
            "When does the room open?" + String(repeating: " ", count: number)
        }

        /// Half of them streamed.
        private func chat(_ site: Site, _ slug: String, _ number: Int) async throws -> String {
            let body: JSONValue = ["message": .string(Self.message(number)), "sessionId": nil]
            if number.isMultiple(of: 2) {
                return try await site.post("workspace/\(slug)/chat", body).json["textResponse"]?.stringValue ?? ""
            }
            return try WireEvents(try await site.post("workspace/\(slug)/stream-chat", body).body).text
        }

        @Test("documents added and removed at once leave search and count in agreement")
        func concurrentChanges() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Changing")
            var docpaths: [JSONValue] = []
            for number in 0..<8 {
                docpaths.append(.string(try await site.document("change-\(number)", "Text number \(number).")))
            }
            let removed = Array(docpaths.prefix(4))
            _ = try await site.post("workspace/\(slug)/update-embeddings", ["adds": .array(removed)])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    let change: JSONValue = ["adds": [docpaths[number + 4]], "deletes": [docpaths[number]]]
                    group.addTask {
                        let answer = try await site.post("workspace/\(slug)/update-embeddings", change)
                        #expect(answer.status == 200)
                    }
                }
                try await group.waitForAll()
            }
            let search: JSONValue = ["query": "Text number", "topN": 100, "scoreThreshold": 0]
            let found = try await site.post("workspace/\(slug)/vector-search", search).json["results"]?.arrayValue ?? []
            let titles = found.compactMap { $0["metadata"]?["title"]?.stringValue }
            #expect(titles.sorted() == (4..<8).map { "change-\($0).txt" })
        }
    }
}
