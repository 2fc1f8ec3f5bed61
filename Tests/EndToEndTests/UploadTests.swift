import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Uploads through nginx")
    struct UploadTests {
        private static let boundary = "----carrel-boundary"

        /// A form of one file and text fields.
        private static func form(_ fileName: String, _ text: String, fields: [(String, String)] = []) -> String {
            let file =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"\r\n"
                + "Content-Type: text/plain\r\n\r\n\(text)\r\n"
            let rest = fields.map { name, value in
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            }
            return file + rest.joined() + "--\(boundary)--\r\n"
        }

        private func upload(
            _ site: Site, _ body: String, to path: String = "document/upload", headers: [String] = [],
            scheme: Site.Scheme = .http
        ) async throws -> NginxResponse {
            try await site.request(
                "POST", path, headers: ["Content-Type: multipart/form-data; boundary=\(Self.boundary)"] + headers,
                body: body, scheme: scheme)
        }

        @Test("a text file is stored, embedded and found", arguments: Site.Scheme.allCases)
        func textFile(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Upload over \(scheme.rawValue)")
            let form = Self.form(
                "tide-tables.txt", "High water is at noon.", fields: [("addToWorkspaces", slug)])
            let answer = try await upload(site, form, scheme: scheme)
            #expect(answer.status == 200)
            let document = answer.json["documents"]?[0]
            #expect(answer.json["success"] == true)
            #expect(document?["title"] == "tide-tables.txt")
            #expect(document?["pageContent"] == "High water is at noon.")
            let found = try await site.post("workspace/\(slug)/vector-search", ["query": "When is high water?"])
            #expect(found.json["results"]?[0]?["metadata"]?["title"] == "tide-tables.txt")
        }

        @Test("five megabytes arrive whole", arguments: ["Content-Length", "chunks"])
        func largeFile(transfer: String) async throws {
            let site = try #require(SharedSite.current)
            var text = ""
            var line = 0
            while text.utf8.count < 5_000_000 {
                text += "Line \(line) of a long book, with a ß and an 図.\r\n"
                line += 1
            }
            let headers = transfer == "chunks" ? ["Transfer-Encoding: chunked"] : []
            let answer = try await upload(site, Self.form("book-\(transfer).md", text), headers: headers)
            #expect(answer.status == 200)
            // Not in one comparison with `==`, whose message would hold both texts.
            let isSame = answer.json["documents"]?[0]?["pageContent"]?.stringValue == text
            #expect(isSame)
            let name = try #require(answer.json["documents"]?[0]?["location"]?.stringValue).split(separator: "/").last
            let read = try await site.get("document/\(name ?? "")")
            #expect(read.json["document"]?["wordCount"]?.integerValue == line * 11 + 1)
        }

        @Test("an upload into a folder is listed there")
        func folder() async throws {
            let site = try #require(SharedSite.current)
            let answer = try await upload(site, Self.form("log.csv", "a,b\n1,2\n"), to: "document/upload/ledger-2026")
            let location = try #require(answer.json["documents"]?[0]?["location"]?.stringValue)
            #expect(location.hasPrefix("ledger-2026/log.csv-"))
            let listed = try await site.get("documents/folder/ledger-2026")
            #expect(listed.json["documents"]?[0]?["title"] == "log.csv")
        }

        @Test(
            "a form that is none, or lacks its file, is refused in the endpoint's shape",
            arguments: [
                "", "no form at all", "--\(boundary)\r\n", "--\(boundary)--\r\n",
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nno end",
            ])
        func brokenForm(body: String) async throws {
            let site = try #require(SharedSite.current)
            let answer = try await upload(site, body)
            #expect(answer.status == 500)
            #expect(answer.json["success"] == false)
            #expect(answer.json["error"]?.stringValue?.isEmpty == false)
        }

        @Test("a form that is refused in its middle is answered, also to a client that sends all of it before it reads")
        func refusedMidway() async throws {
            let site = try #require(SharedSite.current)
            let long = String(repeating: "Words about the tide, and more of them.\n", count: 500_000)
            let body = Array(Self.form("a.txt", "High water.", fields: [("metadata", long)]).utf8)
            let headers = [
                site.authorization, "Content-Type: multipart/form-data; boundary=\(Self.boundary)",
                "Content-Length: \(body.count)",
            ]
            let request = RawConnection.request("POST", Array("/api/v1/document/upload".utf8), headers, body: body)
            // Which of nginx and the server waits for the other is a matter of chance: one time in three, it was for ever.
            for _ in 0..<8 {
                let answer = try await RawConnection.exchange(site.nginx, request)
                #expect(answer.hasPrefix("HTTP/1.1 500 "))
                #expect(answer.hasSuffix(#"{"success":false,"error":"Invalid file upload. Field value too long"}"#))
            }
        }

        @Test("a file type that is not supported is refused with a reason")
        func unsupportedType() async throws {
            let site = try #require(SharedSite.current)
            let answer = try await upload(site, Self.form("program.exe", "MZ\u{0}\u{1}\u{2}\u{3}"))
            #expect(answer.status == 500)
            #expect(answer.json["success"] == false)
            #expect(answer.json["documents"] == [])
            #expect(answer.json["error"]?.stringValue?.isEmpty == false)
        }
    }
}
