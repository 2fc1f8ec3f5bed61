import Foundation
import OrderedJSON
import Synchronization
import TestSupport
import Testing

@testable import Documents

@Suite("Fetching links")
struct LinkFetcherTests {
    /// A site whose pages are scripts by path.
    private static func site(
        _ pages: [String: [ScriptedHTTPServerStep]]
    ) throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer { request in
            let steps = pages[request.path] ?? .answer(status: 404, type: "text/html", body: "<p>nothing here</p>")
            // HEAD has no body; the first step holds the whole head.
            guard request.method == "HEAD", case .send(let bytes)? = steps.first,
                let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
            else { return steps }
            return [.send(Array(bytes[..<end.upperBound]))]
        }
    }

    private static func fetcher(
        _ names: [String: [[String]]] = [:], any: Bool = false, _ change: (inout LinkLimits) -> Void = { _ in }
    ) -> LinkFetcher {
        var limits = LinkLimits()
        change(&limits)
        return LinkFetcher(allowsAnyAddress: any, resolver: TableResolver(names), limits: limits)
    }

    private static func link(_ server: ScriptedHTTPServer, _ path: String, host: String = "127.0.0.1") throws
        -> LinkAddress
    {
        try LinkAddress(.string("http://\(host):\(server.port)\(path)"))
    }

    private static func redirect(_ location: String, status: Int = 302) -> [ScriptedHTTPServerStep] {
        .answer(status: status, type: "text/html", headers: "Location: \(location)\r\n", body: "")
    }

    @Test("a page comes with its title, asked for as a browser asks")
    func page() async throws {
        let server = try Self.site([
            "/a?b=c": .answer(type: "text/html; charset=utf-8", body: "<title>T</title><h1>Größe</h1><a href=d>x</a>")
        ])
        defer { server.stop() }
        let page = try await Self.fetcher().page(try Self.link(server, "/a?b=c#d"))
        #expect(page == LinkedPage(title: "T", text: "# Größe\n\n[x](http://127.0.0.1:\(server.port)/d)"))
        let request = try #require(server.requests.first)
        #expect(request.headers["user-agent"]?.hasPrefix("Mozilla/5.0") == true)
        #expect(request.headers["host"] == "127.0.0.1:\(server.port)")
        #expect(request.headers["accept-encoding"] == "gzip, deflate")
    }

    /// Content type, status, body, and the text; nil for what cannot be read.
    static let types: [(String, Int, String, String?)] = [
        ("text/html", 200, "<p>a", "a"), ("text/html", 404, "<p>not found", "not found"),
        ("TEXT/HTML ; x", 200, "<p>a", "a"),
        ("application/xhtml+xml", 200, "<html xmlns='x'><body><p>a</p></body></html>", "a"),
        ("text/plain", 200, "a <b>\n c", "a <b>\n c"),
        ("text/markdown", 200, "# a", "# a"), ("application/ld+json", 200, "{}", "{}"),
        ("application/json", 500, "{}", "{}"),
        ("", 200, "<!DOCTYPE html><p>a", "a"), ("", 200, "plain", "plain"), ("image/gif", 200, "GIF89a", nil),
        ("application/octet-stream", 200, "\0\0\0", nil), ("text/plain", 200, "\0\0\0\0", nil),
        ("", 200, "\0\u{1}", nil),
        ("application/pdf", 404, "%PDF\0\0\0", nil), ("text/html", 200, "", ""),
        ("text/plain; charset=utf-16be", 200, "\0a\0b", "ab"),
    ]

    @Test("content is read by its type, whatever the status", arguments: types.indices)
    func type(index: Int) async throws {
        let (type, status, body, expected) = Self.types[index]
        let head = "HTTP/1.1 \(status) S\r\n\(type.isEmpty ? "" : "Content-Type: \(type)\r\n")"
        let server = try Self.site(["/": [.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)]])
        defer { server.stop() }
        let link = try Self.link(server, "/")
        if let expected {
            #expect(try await Self.fetcher().content(link) == .page(LinkedPage(title: nil, text: expected)))
        } else {
            let shown = type.isEmpty ? "unknown" : type
            await #expect(throws: LinkRefusal.unsupportedType(link: link.text, type: shown)) {
                try await Self.fetcher().content(link)
            }
        }
    }

    /// Path, content type, name.
    static let files: [(String, String, String)] = [
        ("/Files/Annual%20Report.pdf", "application/pdf", "127.0.0.1-files-annual-report.pdf"),
        ("/download?id=1", "application/pdf", "127.0.0.1-download.pdf"),
        ("/", "text/csv; charset=utf-8", "127.0.0.1-.csv"),
        ("/data.bin", "application/json", "127.0.0.1-data.bin.json"), ("/a.txt", "application/pdf", "127.0.0.1-a.txt"),
    ]

    @Test("formats with a converter are files, named by host and path", arguments: files)
    func file(path: String, type: String, name: String) async throws {
        let server = try Self.site([path: .answer(type: type, body: "content")])
        defer { server.stop() }
        let content = try await Self.fetcher().content(try Self.link(server, path))
        #expect(content == .file(name: name, bytes: Array("content".utf8)))
        #expect(server.requests.map(\.method) == ["HEAD", "GET"])
    }

    @Test("a server that refuses HEAD may have a file, and one that refuses the file says so")
    func head() async throws {
        let server = try ScriptedHTTPServer { request in
            switch (request.method, request.path) {
            case ("HEAD", "/a"): .answer(status: 405, body: "")
            case ("HEAD", _), (_, "/a"):
                [.send("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 0\r\n\r\n")]
            default: .answer(status: 403, body: "no")
            }
        }
        defer { server.stop() }
        #expect(
            try await Self.fetcher().content(try Self.link(server, "/a")) == .file(name: "127.0.0.1-a.pdf", bytes: []))
        await #expect(throws: LinkRefusal.status(code: 403, phrase: "Forbidden")) {
            try await Self.fetcher().content(try Self.link(server, "/b"))
        }
        await #expect(throws: LinkRefusal.self) { try await Self.fetcher().page(try Self.link(server, "/a")) }
    }

    @Test("redirects are followed, and the last page's address is what its links are relative to")
    func redirects() async throws {
        let server = try Self.site([
            "/a": Self.redirect("/b/", status: 301), "/b/": Self.redirect("c?d", status: 307),
            "/b/c?d": .answer(type: "text/html", body: "<a href=e>x</a>"), "/loop": Self.redirect("/loop"),
            "/file": Self.redirect("file:///etc/passwd"), "/bad": Self.redirect("http://["),
        ])
        defer { server.stop() }
        let page = try await Self.fetcher().page(try Self.link(server, "/a"))
        #expect(page.text == "[x](http://127.0.0.1:\(server.port)/b/e)")
        let loop = try Self.link(server, "/loop")
        await #expect(throws: LinkRefusal.tooManyRedirects(link: loop.text, limit: 10)) {
            try await Self.fetcher().page(loop)
        }
        for path in ["/file", "/bad"] {
            await #expect(throws: LinkRefusal.invalidURL) { try await Self.fetcher().page(try Self.link(server, path)) }
        }
    }

    static let forbidden = [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[fd00:ec2::254]/",
        "//127.0.0.1:1234/", "http://0x7f000001/", "http://inner.test/", "http://[::ffff:a9fe:a9fe]/",
        "http://localhost/",
        "https://user:pass@192.168.0.1/",
    ]

    @Test("redirects to where only the server may go are refused, with HEAD and with GET", arguments: forbidden)
    func forbiddenRedirect(target: String) async throws {
        let server = try Self.site(["/": Self.redirect(target)])
        defer { server.stop() }
        let fetcher = Self.fetcher(["inner.test": [["10.0.0.1"]]])
        await #expect(throws: LinkRefusal.invalidURL) { try await fetcher.content(try Self.link(server, "/")) }
        await #expect(throws: LinkRefusal.invalidURL) { try await fetcher.page(try Self.link(server, "/")) }
        #expect(server.requests.count == 2)
    }

    @Test("a name that has another address when it is asked for again cannot be connected to")
    func rebinding() async throws {
        let server = try Self.site(["/": .answer(type: "text/html", body: "secret")])
        defer { server.stop() }
        // Public when it is checked; the second answer, which nobody must ask for, is this machine.
        let resolver = TableResolver(["rebind.test": [["198.51.0.1"], ["127.0.0.1"]]])
        var limits = LinkLimits()
        limits.connectTime = .milliseconds(50)
        let fetcher = LinkFetcher(allowsAnyAddress: false, resolver: resolver, limits: limits)
        let link = try Self.link(server, "/", host: "rebind.test")
        await #expect(throws: LinkRefusal.noContent(link: link.text)) { try await fetcher.page(link) }
        #expect(resolver.asked == ["rebind.test"])
        #expect(server.connectionCount == 0)
    }

    @Test("the connection goes to the address that was checked, with the name in Host")
    func checkedAddress() async throws {
        let server = try Self.site(["/": .answer(type: "text/html", body: "a")])
        defer { server.stop() }
        // A name that the system cannot resolve, so that only the checked address can have been used.
        let fetcher = Self.fetcher(["name.invalid": [["127.0.0.1"]]], any: true)
        #expect(try await fetcher.page(try Self.link(server, "/", host: "name.invalid")).text == "a")
        #expect(server.requests.first?.headers["host"] == "name.invalid:\(server.port)")
    }

    @Test("of several addresses the next one is tried when no connection can be made")
    func severalAddresses() async throws {
        let server = try Self.site(["/": .answer(type: "text/html", body: "a")])
        defer { server.stop() }
        let fetcher = Self.fetcher(["two.invalid": [["::1", "127.0.0.1"]]], any: true)
        #expect(try await fetcher.page(try Self.link(server, "/", host: "two.invalid")).text == "a")
    }

    @Test("headers and passwords go to the link's own origin alone")
    func secrets() async throws {
        let other = try Self.site(["/": .answer(type: "text/html", body: "a")])
        let server = try Self.site(["/": Self.redirect("http://other.invalid:\(other.port)/")])
        defer {
            server.stop()
            other.stop()
        }
        let fetcher = Self.fetcher(["other.invalid": [["127.0.0.1"]]], any: true)
        let link = try LinkAddress(.string("http://me:s%20cret@127.0.0.1:\(server.port)/"))
        _ = try await fetcher.page(link, headers: try ScraperHeaders(["X-Token": "t", "user-agent": "me"]))
        let own = try #require(server.requests.first?.headers)
        #expect(own["x-token"] == "t")
        #expect(own["user-agent"] == "me")
        #expect(own["authorization"] == "Basic " + Data("me:s cret".utf8).base64EncodedString())
        let foreign = try #require(other.requests.first?.headers)
        #expect(foreign["x-token"] == nil)
        #expect(foreign["authorization"] == nil)
        #expect(foreign["user-agent"]?.hasPrefix("Mozilla") == true)
    }

    @Test(
        "a certificate that is not in order does not matter for what everybody may read, and keeps headers away",
        .enabled(if: SelfSignedServer.hasPrograms))
    func certificates() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>a"
        let server = try await SelfSignedServer(answer: answer)
        let link = try LinkAddress(.string("https://localhost:\(server.port)/"))
        let fetcher = Self.fetcher(any: true)
        #expect(try await fetcher.page(link).text == "a")
        let refused = LinkRefusal.noContent(link: link.text)
        await #expect(throws: refused) { try await fetcher.page(link, headers: try ScraperHeaders(["X-Token": "t"])) }
        await server.stop()
        #expect(server.output.contains("host: localhost:\(server.port)"))
        #expect(!server.output.contains("X-Token"))
    }

    @Test("what stood in the way is reported")
    func report() async throws {
        let reports = Mutex<[String]>([])
        var reporting = Self.fetcher()
        reporting.report = { host, reason in reports.withLock { $0.append("\(host): \(reason)") } }
        let fetcher = reporting
        let link = try LinkAddress(.string("http://127.0.0.1:\(try FreePort.next())/"))
        await #expect(throws: LinkRefusal.noContent(link: link.text)) { try await fetcher.page(link) }
        let found = reports.withLock { $0 }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("127.0.0.1: ") == true)
    }
}
