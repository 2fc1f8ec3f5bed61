import Testing

@testable import LanguageModels

struct LineFramingTests {
    private static func lines(_ parts: [[UInt8]]) throws -> [String] {
        var framing = LineFraming()
        var lines: [[UInt8]] = []
        for part in parts { try framing.append(part, into: &lines) }
        if let last = framing.finish() { lines.append(last) }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "lines end with LF or CRLF, the last one may end with nothing, empty ones are skipped",
        arguments: [
            ("{}\n[]\n", ["{}", "[]"]), ("{}\r\n[]", ["{}", "[]"]), ("\n\r\n\n", []), ("", []), ("é😀\n", ["é😀"]),
            ("a\rb\n", ["a\rb"]),
        ] as [(String, [String])])
    func lines(text: String, lines: [String]) throws {
        let bytes = Array(text.utf8)
        #expect(try Self.lines([bytes]) == lines)
        for position in bytes.indices {
            #expect(try Self.lines([Array(bytes[..<position]), Array(bytes[position...])]) == lines)
        }
        #expect(try Self.lines(bytes.map { [$0] }) == lines)
    }

    @Test("a line of a megabyte arrives whole, one beyond the limit is refused")
    func long() throws {
        let line = [UInt8](repeating: 120, count: 1 << 20)
        #expect(try Self.lines([line, [10]]).first?.utf8.count == 1 << 20)
        var framing = LineFraming(maximumLineLength: 10)
        var lines: [[UInt8]] = []
        try framing.append(Array("0123456789".utf8), into: &lines)
        let error = #expect(throws: LanguageModelError.self) { try framing.append([120], into: &lines) }
        #expect(error?.code == .malformedAnswer)
    }
}
