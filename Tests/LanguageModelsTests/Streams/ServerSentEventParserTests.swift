import Testing

@testable import LanguageModels

struct ServerSentEventParserTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var stream: String
        var events: [ServerSentEvent]

        init(_ name: String, _ stream: String, _ events: [(String, String)]) {
            testDescription = name
            self.stream = stream
            self.events = events.map { ServerSentEvent(name: $0.0, data: Array($0.1.utf8)) }
        }
    }

    static let cases = [
        Case("line feeds", "data: one\n\ndata: two\n\n", [("", "one"), ("", "two")]),
        Case("carriage return and line feed", "data: one\r\n\r\ndata: two\r\n\r\n", [("", "one"), ("", "two")]),
        Case("carriage returns", "data: one\r\rdata: two\r\r", [("", "one"), ("", "two")]),
        Case("mixed line ends", "data: one\r\n\ndata: two\n\r\n", [("", "one"), ("", "two")]),
        Case("comments and unknown fields", ": ping\nid: 7\nretry: 10\ndata: x\n: more\n\n: only\n\n", [("", "x")]),
        Case("several data lines", "data: a\ndata:\ndata: b\n\n", [("", "a\n\nb")]),
        Case("one space belongs to the syntax", "data:  two\n\ndata:none\n\n", [("", " two"), ("", "none")]),
        Case("named event", "event: error\ndata: {}\n\ndata: next\n\n", [("error", "{}"), ("", "next")]),
        Case("a field error", "error: {}\n\ndata: next\n\nerror\n\n", [("error", "{}"), ("", "next")]),
        Case("an event without data is none", "event: ping\n\nid: 1\n\n", []),
        Case("a field without colon", "data\n\n", [("", "")]),
        Case("byte order mark", "\u{FEFF}data: x\n\n", [("", "x")]),
        Case("colons in the value", "data: a: b\n\n", [("", "a: b")]),
        Case("no blank line at the end", "data: x\n\ndata: [DONE]", [("", "x"), ("", "[DONE]")]),
        Case("characters of four bytes", "data: 你好 😀é\n\n", [("", "你好 😀é")]),
        Case("nothing", "", []),
        Case("blank lines only", "\n\r\n\r\r", []),
    ]

    @Test("a stream gives the same events in one piece", arguments: cases)
    func whole(testCase: Case) throws {
        #expect(try events([Array(testCase.stream.utf8)]) == testCase.events)
    }

    @Test("a stream gives the same events cut in two anywhere", arguments: cases)
    func cutInTwo(testCase: Case) throws {
        let bytes = Array(testCase.stream.utf8)
        for cut in 0...bytes.count {
            #expect(try events([Array(bytes[..<cut]), Array(bytes[cut...])]) == testCase.events, "cut at \(cut)")
        }
    }

    @Test("a stream gives the same events byte by byte", arguments: cases)
    func bytewise(testCase: Case) throws {
        #expect(try events(testCase.stream.utf8.map { [$0] }) == testCase.events)
    }

    @Test("a line of a megabyte is one event")
    func longLine() throws {
        let text = String(repeating: "é", count: 524_288)
        let bytes = Array("data: \(text)\n\n".utf8)
        let pieces = stride(from: 0, to: bytes.count, by: 16_383).map { start in
            Array(bytes[start..<min(start + 16_383, bytes.count)])
        }
        #expect(try events(pieces).map(\.data.count) == [1_048_576])
    }

    @Test("a line over the limit is an error, and what came before it counts", arguments: [100, 101])
    func limit(length: Int) throws {
        var parser = ServerSentEventParser(maximumEventLength: 100)
        var events: [ServerSentEvent] = []
        let stream = "data: x\n\ndata: \(String(repeating: "y", count: length - 6))\n\n"
        if length == 100 {
            try parser.append(stream.utf8, into: &events)
            #expect(events.count == 2)
        } else {
            let error = #expect(throws: LanguageModelError.self) { try parser.append(stream.utf8, into: &events) }
            #expect(error?.code == .malformedAnswer)
            #expect(events.count == 1)
        }
    }

    @Test("data lines that together exceed the limit are an error")
    func limitOverLines() {
        var parser = ServerSentEventParser(maximumEventLength: 100)
        var events: [ServerSentEvent] = []
        let stream = String(repeating: "data: 12345678\n", count: 20)
        #expect(throws: LanguageModelError.self) { try parser.append(stream.utf8, into: &events) }
    }

    private func events(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for piece in pieces { try parser.append(piece, into: &events) }
        return events + (parser.finish().map { [$0] } ?? [])
    }
}
