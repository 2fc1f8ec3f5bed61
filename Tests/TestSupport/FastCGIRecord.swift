/// One record of the FastCGI protocol (specification 1.0, section 3.3).
public struct FastCGIRecord: Equatable, Sendable {
    public enum Kind {
        public static let beginRequest: UInt8 = 1
        public static let abortRequest: UInt8 = 2
        public static let endRequest: UInt8 = 3
        public static let parameters: UInt8 = 4
        public static let input: UInt8 = 5
        public static let output: UInt8 = 6
        public static let getValues: UInt8 = 9
        public static let getValuesResult: UInt8 = 10
    }

    public var type: UInt8
    public var requestID: UInt16
    /// At most 65,535 bytes.
    public var content: [UInt8]
    /// Bytes of padding after the content.
    public var padding: UInt8

    public init(type: UInt8, requestID: UInt16 = 1, content: [UInt8] = [], padding: UInt8 = 0) {
        self.type = type
        self.requestID = requestID
        self.content = content
        self.padding = padding
    }

    /// A request of role `role` (1: responder) begins; `keepConnection` is `FCGI_KEEP_CONN`.
    public static func begin(requestID: UInt16 = 1, role: UInt8 = 1, keepConnection: Bool) -> FastCGIRecord {
        FastCGIRecord(
            type: Kind.beginRequest, requestID: requestID, content: [0, role, keepConnection ? 1 : 0, 0, 0, 0, 0, 0])
    }

    public var encoded: [UInt8] {
        let header: [UInt8] = [
            1, type, UInt8(requestID >> 8), UInt8(requestID & 0xFF), UInt8(content.count >> 8),
            UInt8(content.count & 0xFF), padding, 0,
        ]
        return header + content + [UInt8](repeating: 0, count: Int(padding))
    }

    /// The bytes of a stream as records of at most `limit` bytes each, with the empty record that ends it. The empty
    /// record is never padded: libfcgi 2.4.2 takes its padding for the next record's header.
    public static func stream(
        _ bytes: [UInt8], type: UInt8, requestID: UInt16 = 1, limit: Int = 65_535, padding: UInt8 = 0
    ) -> [FastCGIRecord] {
        var records: [FastCGIRecord] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + limit, bytes.count)
            records.append(
                FastCGIRecord(type: type, requestID: requestID, content: Array(bytes[start..<end]), padding: padding))
            start = end
        }
        return records + [FastCGIRecord(type: type, requestID: requestID)]
    }

    /// Name-value pairs as the parameter stream carries them: lengths of 128 and more take four bytes, with the top
    /// bit set (section 3.4).
    public static func encode(parameters: [(String, String)]) -> [UInt8] {
        parameters.reduce(into: []) { bytes, pair in
            for length in [pair.0.utf8.count, pair.1.utf8.count] {
                if length < 128 {
                    bytes.append(UInt8(length))
                } else {
                    bytes += [24, 16, 8, 0].map { UInt8(length >> $0 & 0xFF) | ($0 == 24 ? 0x80 : 0) }
                }
            }
            bytes += pair.0.utf8
            bytes += pair.1.utf8
        }
    }
}
