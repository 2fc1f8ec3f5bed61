import Testing

@testable import LanguageModels

struct AWSEventFramingTests {
    private static let stream = ConverseStreamRecording.messages.flatMap(\.self)

    private static func messages(_ bytes: [UInt8]) throws -> [AWSEventMessage] {
        var framing = AWSEventFraming()
        var messages: [AWSEventMessage] = []
        try framing.append(bytes, into: &messages)
        return messages
    }

    /// The check value of CRC-32/ISO-HDLC for the nine digits.
    @Test("the checksum is CRC-32, in one piece or in several")
    func checksum() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum("6789".utf8, seed: CRC32.checksum("12345".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
    }

    @Test("messages are read with their headers and payloads")
    func recording() throws {
        let messages = try Self.messages(Self.stream)
        #expect(messages.count == 7)
        #expect(messages.allSatisfy { $0.kind == "event" && $0.headers[":content-type"] == "application/json" })
        #expect(messages.first?.headers[":event-type"] == "messageStart")
        #expect(messages.first?.payload == Array(#"{"role":"assistant"}"#.utf8))
    }

    @Test("headers of other types are skipped by their lengths")
    func otherTypes() throws {
        let message = try #require(try Self.messages(ConverseStreamRecording.oddHeaders).first)
        #expect(message.headers == [":message-type": "event", ":event-type": "other"])
        #expect(message.payload == Array("{}".utf8))
    }

    @Test("any split of the bytes gives the same messages")
    func splits() throws {
        let whole = try Self.messages(Self.stream)
        for position in 0...Self.stream.count {
            var framing = AWSEventFraming()
            var messages: [AWSEventMessage] = []
            try framing.append(Self.stream[..<position], into: &messages)
            try framing.append(Self.stream[position...], into: &messages)
            #expect(messages == whole, "split at \(position)")
            #expect(try framing.finish() == nil)
        }
    }

    @Test("a changed byte anywhere in a message is noticed")
    func damage() {
        let message = ConverseStreamRecording.messages[2]
        for position in message.indices {
            var damaged = message
            damaged[position] ^= 0x10
            let error = #expect(throws: LanguageModelError.self) { try Self.messages(damaged) }
            #expect(error?.code == .malformedAnswer, "byte \(position)")
        }
    }

    @Test("an end inside a message is a broken connection", arguments: [1, 11, 12, 100])
    func end(length: Int) throws {
        var framing = AWSEventFraming()
        var messages: [AWSEventMessage] = []
        try framing.append(Self.stream.prefix(length), into: &messages)
        #expect(messages.isEmpty)
        let error = #expect(throws: LanguageModelError.self) { try framing.finish() }
        #expect(error?.code == .interrupted)
    }

    @Test("lengths that cannot be are refused before anything is kept", arguments: [0, 15, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func lengths(total: Int) {
        let lengths = Self.bytes(UInt32(total)) + Self.bytes(0)
        let prelude = lengths + Self.bytes(CRC32.checksum(lengths))
        #expect(throws: LanguageModelError.self) { try Self.messages(prelude + [0, 0, 0, 0]) }
    }

    @Test(
        "headers that run over their end are refused",
        arguments: [[5], [1, 97, 7, 0], [1, 97, 7, 0, 9], [1, 97, 42]])
    func badHeaders(headers: [UInt8]) {
        let lengths = Self.bytes(UInt32(16 + headers.count)) + Self.bytes(UInt32(headers.count))
        let start = lengths + Self.bytes(CRC32.checksum(lengths)) + headers
        let error = #expect(throws: LanguageModelError.self) {
            try Self.messages(start + Self.bytes(CRC32.checksum(start)))
        }
        #expect(error?.code == .malformedAnswer)
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }
}
