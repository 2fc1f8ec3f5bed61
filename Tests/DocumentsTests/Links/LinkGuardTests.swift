import OrderedJSON
import Synchronization
import Testing

@testable import Documents

/// Answers from a table, and counts the questions; a name with several lists gives the next one each time.
final class TableResolver: HostResolver {
    private let table: [String: [[String]]]
    private let questions = Mutex<[String]>([])

    init(_ table: [String: [[String]]]) { self.table = table }

    var asked: [String] { questions.withLock { $0 } }

    func addresses(of name: String) async -> [IPAddress] {
        let earlier = questions.withLock { questions in
            defer { questions.append(name) }
            return questions.count { $0 == name }
        }
        let answers = table[name] ?? [[]]
        return answers[min(earlier, answers.count - 1)].compactMap {
            $0.contains(":") ? IPAddress.v6(parsing: $0) : IPAddress.v4(parsing: $0)
        }
    }
}

@Suite("Where links may lead")
struct LinkGuardTests {
    private static let resolver = TableResolver([
        "public.test": [["93.184.216.34", "2606:2800:220:1::1"]], "private.test": [["10.0.0.5"]],
        "mixed.test": [["93.184.216.34", "127.0.0.1"]], "local.test": [["::1"]],
        "mapped.test": [["::ffff:169.254.169.254"]],
    ])

    private static func allows(_ url: String, link: String? = nil, any: Bool = false) async throws -> Bool {
        let guardian = LinkGuard(resolver: resolver, allowsAnyAddress: any)
        do {
            let link = try LinkAddress(.string(link ?? url))
            return try await !guardian.addresses(of: try WebURL(parsing: url), link: link).isEmpty
        } catch LinkRefusal.invalidURL {
            return false
        }
    }

    static let open = [
        "http://public.test", "http://93.184.216.34", "https://172.217.16.14", "http://192.0.78.9",
        "http://8.8.8.8:8080",
        "http://127.0.0.1", "http://127.0.0.1:8123/x", "http://0.0.0.0:8123", "http://2130706433",
        "http://[2606:4700::1]",
    ]

    @Test("public addresses, and the two literals of this machine", arguments: open)
    func allow(url: String) async throws {
        #expect(try await Self.allows(url))
    }

    static let closed = [
        "http://private.test", "http://mixed.test", "http://local.test", "http://mapped.test", "http://localhost",
        "http://a.localhost", "http://LOCALHOST./",
        "http://127.0.0.2", "http://10.1.2.3", "http://172.16.0.1", "http://192.168.1.1", "http://169.254.169.254",
        "http://0xa9fea9fe", "http://2852039166", "http://[::1]", "http://[::ffff:127.0.0.1]", "http://[fd00:ec2::254]",
        "http://[::]", "http://100.100.100.200", "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::]", "http://0.0.0.1",
        "http://public.test:25", "http://public.test:6667", "http://user@10.0.0.1",
    ]

    @Test("nothing that only the server can reach, by whatever name", arguments: closed)
    func refuse(url: String) async throws {
        #expect(try await !Self.allows(url))
    }

    @Test("the two literals count only where the client has written them")
    func literals() async throws {
        #expect(try await !Self.allows("http://127.0.0.1/", link: "http://public.test/"))
        #expect(try await !Self.allows("http://0.0.0.0/", link: "http://public.test/"))
        #expect(try await !Self.allows("http://127.0.0.1:9000/", link: "http://127.0.0.1:8000/"))
        #expect(try await Self.allows("http://127.0.0.1:8000/b", link: "http://127.0.0.1:8000/a"))
    }

    @Test("COLLECTOR_ALLOW_ANY_IP opens all addresses, and no other port")
    func anyAddress() async throws {
        for url in ["http://private.test", "http://localhost", "http://[::1]", "http://169.254.169.254"] {
            #expect(try await Self.allows(url, any: true))
        }
        #expect(try await !Self.allows("http://private.test:25", any: true))
    }

    @Test("a name without addresses has no content")
    func unknown() async throws {
        let guardian = LinkGuard(resolver: Self.resolver, allowsAnyAddress: false)
        let link = try LinkAddress("http://nowhere.test/")
        await #expect(throws: LinkRefusal.noContent(link: "http://nowhere.test")) {
            try await guardian.addresses(of: link.url, link: link)
        }
    }
}
