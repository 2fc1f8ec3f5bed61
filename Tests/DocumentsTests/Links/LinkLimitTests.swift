import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import Documents

@Suite("Links that cost too much")
struct LinkLimitTests {
    private static let pageLimit = 1 << 20

    private static func fetch(
        _ steps: [ScriptedHTTPServerStep], _ change: (inout LinkLimits) -> Void = { _ in }
    ) async throws -> (Result<LinkedPage, any Error>, LinkAddress, ScriptedHTTPServer) {
        let server = try ScriptedHTTPServer(steps)
        defer { server.stop() }
        var limits = LinkLimits()
        limits.pageBytes = pageLimit
        change(&limits)
        let fetcher = LinkFetcher(allowsAnyAddress: false, limits: limits)
        let link = try LinkAddress(.string("http://127.0.0.1:\(server.port)/"))
        do {
            return (.success(try await fetcher.page(link)), link, server)
        } catch {
            return (.failure(error), link, server)
        }
    }

    private static let piece = [UInt8](repeating: 0x61, count: 65_536)
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

    @Test("a page that announces more than the limit is not read")
    func announced() async throws {
        let (result, link, _) = try await Self.fetch([.send(Self.head + "Content-Length: 2000000\r\n\r\n"), .stall])
        #expect(throws: LinkRefusal.tooLarge(link: link.text, limit: Self.pageLimit)) { try result.get() }
    }

    @Test("one that does not end is cut off at the limit, and the connection closed")
    func endless() async throws {
        let pieces = Array(repeating: ScriptedHTTPServerStep.send(Self.piece), count: 4_096)
        let (result, link, server) = try await Self.fetch([.send(Self.head + "\r\n")] + pieces + [.close])
        #expect(throws: LinkRefusal.tooLarge(link: link.text, limit: Self.pageLimit)) { try result.get() }
        await server.clientIsGone.opened()
    }

    @Test("what unpacks to more than the limit is refused, for both ways of packing", arguments: ["gzip", "deflate"])
    func bomb(coding: String) async throws {
        let packed = try await Self.packed(coding, megabytes: 64)
        #expect(packed.count < 200_000)
        let (result, link, _) = try await Self.fetch(Self.answer(packed, coding: coding))
        let reasons = [
            LinkRefusal.tooLarge(link: link.text, limit: Self.pageLimit), .unreadableBody(link: link.text),
        ]
        guard case .failure(let error as LinkRefusal) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reasons.contains(error))
    }

    @Test("what fits is unpacked", arguments: ["gzip", "deflate"])
    func unpack(coding: String) async throws {
        let packed = try await Self.packed(coding, megabytes: 0)
        let (result, _, _) = try await Self.fetch(Self.answer(packed, coding: coding))
        #expect(try result.get().text == "packed")
    }

    @Test(
        "packing that was not asked for, or that is broken, is refused",
        arguments: ["br", "gzip, gzip", "zstd", "gzip"])
    func coding(name: String) async throws {
        let (result, link, _) = try await Self.fetch(Self.answer(Array("garbage".utf8), coding: name))
        #expect(throws: LinkRefusal.unreadableBody(link: link.text)) { try result.get() }
    }

    @Test("a server that says nothing, or stops in the middle, is waited for as long as the limit says")
    func slow() async throws {
        for steps: [ScriptedHTTPServerStep] in [
            [.stall], [.send(Self.head + "Content-Length: 100\r\n\r\nab"), .stall],
        ] {
            let (result, link, server) = try await Self.fetch(steps) { $0.pageTime = .milliseconds(100) }
            #expect(throws: LinkRefusal.tooSlow(link: link.text, seconds: 0)) { try result.get() }
            await server.clientIsGone.opened()
        }
    }

    @Test("a page that no author has written is refused")
    func nesting() async throws {
        let page = String(repeating: "<div>", count: 5_000)
        let (result, link, _) = try await Self.fetch(.answer(type: "text/html", body: page))
        #expect(throws: LinkRefusal.tooComplex(link: link.text)) { try result.get() }
    }

    @Test("a server that hangs up has no content")
    func cut() async throws {
        for steps: [ScriptedHTTPServerStep] in [
            [.close], [.send(Self.head + "Content-Length: 100\r\n\r\nab"), .close],
            [.send("nonsense\r\n\r\n"), .close],
        ] {
            let (result, link, _) = try await Self.fetch(steps)
            #expect(throws: LinkRefusal.noContent(link: link.text)) { try result.get() }
        }
    }

    private static func answer(_ body: [UInt8], coding: String) -> [ScriptedHTTPServerStep] {
        [.send(head + "Content-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"), .send(body)]
    }

    /// Packed by a program of its own: that many megabytes of one letter, or a word.
    private static func packed(_ coding: String, megabytes: Int) async throws -> [UInt8] {
        let data = megabytes == 0 ? "b'packed'" : "b'a' * (\(megabytes) << 20)"
        let program = "import gzip, zlib; print((\(coding == "gzip" ? "gzip" : "zlib").compress(\(data))).hex())"
        let hex = try await ProcessServer.run("python3", ["-c", program]).output.trimmingCharacters(
            in: .whitespacesAndNewlines)
        return stride(from: 0, to: hex.utf8.count, by: 2).compactMap { start in
            let from = hex.utf8.index(hex.utf8.startIndex, offsetBy: start)
            return UInt8(hex[from..<hex.utf8.index(from, offsetBy: 2)], radix: 16)
        }
    }
}
