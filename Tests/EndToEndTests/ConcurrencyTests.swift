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

        @Test("one of many who want a thread slug gets it, the others are told")
        func sameThreadSlug() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Same slug")
            let answers = try await withThrowingTaskGroup(of: NginxResponse.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await site.post("workspace/\(slug)/thread/new", ["slug": "wanted"]) }
                }
                return try await group.reduce(into: [NginxResponse]()) { $0.append($1) }
            }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            let refused = answers.filter { $0.status != 200 }
            #expect(refused.allSatisfy { $0.body == #"{"thread":null,"message":"slug already exists"}"# })
            #expect(refused.allSatisfy { $0.status == 400 })
        }

        @Test("remove-folder against move-files: every document is in one place or gone")
        func removeAgainstMove() async throws {
            let site = try #require(SharedSite.current)
            for name in ["leaving", "arriving"] {
                #expect(try await site.post("document/create-folder", ["name": .string(name)]).status == 200)
            }
            let slug = try await site.workspace("Moving")
            for number in 0..<4 {
                let from = try await site.document("moving-\(number)", "Text number \(number).")
                let move: JSONValue = ["from": .string(from), "to": .string("leaving/\(number).json")]
                #expect(try await site.post("document/move-files", ["files": [move]]).status == 200)
            }
            let moved = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<4 {
                    let from = JSONValue.string("leaving/\(number).json")
                    let move: JSONValue = ["from": from, "to": .string("arriving/\(number).json")]
                    group.addTask { try await site.post("document/move-files", ["files": [move]]).status }
                    group.addTask {
                        let answer = try await site.post("workspace/\(slug)/update-embeddings", ["adds": [from]])
                        #expect(answer.status == 200)
                        return answer.status
                    }
                }
                group.addTask {
                    try await site.request(
                        "DELETE", "document/remove-folder", headers: ["Content-Type: application/json"],
                        body: #"{"name":"leaving"}"#
                    ).status
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // What is gone cannot be moved: 500, as contract/documents.md 5.9 says.
            #expect(moved.allSatisfy { [200, 500].contains($0) })
            #expect(try await site.get("documents/folder/leaving").status == 404)
            // Documents of the folder went from the workspace too; those that moved were not in it.
            let documents = try await site.get("workspace/\(slug)").json["workspace"]?[0]?["documents"]
            #expect(documents == [])
            let found = try await site.post("workspace/\(slug)/vector-search", ["query": "Text", "scoreThreshold": 0])
            #expect(found.json["results"] == [])
        }
    }
}
