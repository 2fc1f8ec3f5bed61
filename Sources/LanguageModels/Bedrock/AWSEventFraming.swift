/// Cuts an `application/vnd.amazon.eventstream` body into messages and checks their checksums.
///
/// A message is: total length and length of headers (4 bytes each, big-endian), CRC-32 of these 8 bytes, headers,
/// payload, CRC-32 of all before it.
/// Source: AWS, "Event stream encoding" (docs.aws.amazon.com/transcribe/latest/dg/event-stream.html) and the Smithy
/// specification "Amazon Event Stream" (smithy.io/2.0/aws/amazon-eventstream.html).
struct AWSEventFraming: StreamFraming {
    /// The specification's largest payload and headers, in bytes.
    private static let maximumLength = 24 * 1024 * 1024
    private static let preludeLength = 12
    private static let checksumLength = 4

    private var bytes: [UInt8] = []
    /// Total length of the message at the front, once its prelude is there and sound.
    private var length: Int?

    init() {}

    mutating func append(
        _ more: some Sequence<UInt8>, into messages: inout [AWSEventMessage]
    ) throws(LanguageModelError) {
        bytes.append(contentsOf: more)
        var start = 0
        defer { bytes.removeFirst(start) }
        while true {
            let rest = bytes[start...]
            if length == nil, rest.count >= Self.preludeLength { length = try Self.checkedLength(rest) }
            guard let total = length, rest.count >= total else { return }
            messages.append(try Self.message(rest.prefix(total)))
            start += total
            length = nil
        }
    }

    mutating func finish() throws(LanguageModelError) -> AWSEventMessage? {
        guard bytes.isEmpty else { throw .interrupted() }
        return nil
    }

    private static func checkedLength(_ prelude: ArraySlice<UInt8>) throws(LanguageModelError) -> Int {
        let total = Int(number(prelude, at: 0))
        let headers = Int(number(prelude, at: 4))
        guard CRC32.checksum(prelude.prefix(8)) == number(prelude, at: 8) else { throw damaged }
        guard total <= maximumLength, total >= preludeLength + headers + checksumLength else { throw damaged }
        return total
    }

    private static func message(_ bytes: ArraySlice<UInt8>) throws(LanguageModelError) -> AWSEventMessage {
        let end = bytes.count - checksumLength
        guard CRC32.checksum(bytes.prefix(end)) == number(bytes, at: end) else { throw damaged }
        let headersEnd = preludeLength + Int(number(bytes, at: 4))
        let headers = bytes.dropFirst(preludeLength).prefix(headersEnd - preludeLength)
        return AWSEventMessage(
            headers: try Self.headers(headers), payload: Array(bytes.dropFirst(headersEnd).prefix(end - headersEnd)))
    }

    /// Name length (1 byte), name, type (1 byte), value; the value's length depends on the type.
    private static func headers(_ bytes: ArraySlice<UInt8>) throws(LanguageModelError) -> [String: String] {
        var rest = bytes
        var headers: [String: String] = [:]
        while let nameLength = rest.popFirst() {
            let name = rest.prefix(Int(nameLength))
            rest = rest.dropFirst(Int(nameLength))
            guard name.count == nameLength, let type = rest.popFirst() else { throw damaged }
            let length = try valueLength(type, &rest)
            guard rest.count >= length else { throw damaged }
            if type == textType {
                headers[String(decoding: name, as: UTF8.self)] = String(decoding: rest.prefix(length), as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
        return headers
    }

    private static let textType: UInt8 = 7

    private static func valueLength(
        _ type: UInt8, _ rest: inout ArraySlice<UInt8>
    ) throws(LanguageModelError) -> Int {
        switch type {
        case 0, 1: return 0  // true, false
        case 2: return 1  // byte
        case 3: return 2  // short
        case 4: return 4  // integer
        case 5, 8: return 8  // long, timestamp
        case 9: return 16  // UUID
        case 6, textType:
            guard let high = rest.popFirst(), let low = rest.popFirst() else { throw damaged }
            return Int(high) << 8 | Int(low)
        default: throw damaged
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32 {
        bytes.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static var damaged: LanguageModelError {
        LanguageModelError(.malformedAnswer, "The provider sent a damaged event stream.")
    }
}
