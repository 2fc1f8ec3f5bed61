import Foundation
import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Names in every script")
    struct NameTests {
        @Test(
            "survive from the request to every answer",
            arguments: ["Bücherei Österreich", "図書館の机", "Библиотека", "مكتبة", "e\u{301}tude 📚", "a/b?c=d&e%20f"])
        func names(name: String) async throws {
            let site = try #require(SharedSite.current)
            let made = try await site.post("workspace/new", ["name": .string(name)])
            #expect(made.status == 200)
            #expect(hasSameBytes(made.json["workspace"]?["name"], name))
            let slug = try #require(made.json["workspace"]?["slug"]?.stringValue)
            let read = try await site.get("workspace/\(slug)")
            #expect(hasSameBytes(read.json["workspace"]?[0]?["name"], name))

            let form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(fileName(name))\"\r\n\r\n"
                + "\(name) is the name.\r\n--b\r\nContent-Disposition: form-data; name=\"addToWorkspaces\"\r\n\r\n"
                + "\(slug)\r\n--b--\r\n"
            let stored = try await site.request(
                "POST", "document/upload", headers: ["Content-Type: multipart/form-data; boundary=b"], body: form)
            #expect(stored.status == 200)
            #expect(hasSameBytes(stored.json["documents"]?[0]?["title"], fileName(name)))
            #expect(hasSameBytes(stored.json["documents"]?[0]?["pageContent"], "\(name) is the name."))
            let location = try #require(stored.json["documents"]?[0]?["location"]?.stringValue)
            let documents = try await site.get("workspace/\(slug)").json["workspace"]?[0]?["documents"]
            #expect(hasSameBytes(documents?[0]?["docpath"], location))

            let message = "What is \(name)?"
            let answer = try WireEvents(
                try await site.post("workspace/\(slug)/stream-chat", ["message": .string(message)]).body)
            #expect(hasSameBytes(answer.sources.first?["title"], fileName(name)))
            let history = try await site.history(slug)
            #expect(hasSameBytes(history.first.map { .string($0.content) }, message))
        }

        /// The parameters of a part, and the name that counts (RFC 8187; contract/documents.md 3.1).
        static let parameters: [(String, String)] = [
            ("filename=\"tide.txt\"; filename*=UTF-8''%E6%BD%AE%E6%B1%90%20%F0%9F%9A%A2.txt", "潮汐 🚢.txt"),
            ("filename*=utf-8'fr'%C3%A9tude%20e%CC%81.txt; filename=\"x.txt\"", "étude e\u{301}.txt"),
            ("filename*=UTF-8''%D7%92%D7%90%D7%95%D7%AA-%D9%85%D8%AF.txt", "גאות-مد.txt"),
            ("filename=\"x.txt\"; filename*=iso-8859-1''%E9t%E9.txt", "été.txt"),
            ("filename=\"潮汐 🚢 é.txt\"", "潮汐 🚢 é.txt"), ("filename=\"a \\\"b\\\" c.txt\"", "a b c.txt"),
            ("filename=\"kept.txt\"; filename*=UTF-8''%zz.txt", "kept.txt"),
            ("filename*=UTF-8''..%2F..%2Fetc%2F%E6%BD%AE.txt", "潮.txt"),
            ("filename=\"C:\\Users\\J\u{F6}rg\\b.txt\"", "b.txt"),
        ]

        @Test("of files in every form that a client may send", arguments: parameters)
        func extendedNames(parameter: String, name: String) async throws {
            let site = try #require(SharedSite.current)
            let stored = try await site.upload(Array("A name.".utf8), parameter)
            #expect(stored.status == 200, "\(stored.body)")
            #expect(hasSameBytes(stored.json["documents"]?[0]?["title"], name))
            #expect(hasSameBytes(stored.json["documents"]?[0]?["url"], "file:///hotdir/" + name))
            let location = try #require(stored.json["documents"]?[0]?["location"]?.stringValue)
            let file = try #require(location.split(separator: "/").last)
            let escaped = try #require(file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed))
            #expect(hasSameBytes(try await site.get("document/\(escaped)").json["document"]?["title"], name))
        }

        /// A file name keeps what is no separator on any system.
        private func fileName(_ name: String) -> String {
            name.filter { !"/?".contains($0) } + ".txt"
        }

        /// `==` would take the composed and the decomposed form of a letter for the same.
        private func hasSameBytes(_ value: JSONValue?, _ text: String) -> Bool {
            guard let found = value?.stringValue else { return false }
            return found.utf8.elementsEqual(text.utf8)
        }

        @Test("a workspace is found by a slug that needs escapes only as it is stored")
        func escapedSlug() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Escaped slug")
            #expect(try await site.get("workspace/%65scaped-slug").json["workspace"]?[0]?["slug"] == .string(slug))
            #expect(try await site.get("WORKSPACE/escaped-slug/").json["workspace"]?[0]?["slug"] == .string(slug))
            #expect(try await site.get("workspace/Escaped-Slug").json == ["workspace": []])
        }
    }
}
