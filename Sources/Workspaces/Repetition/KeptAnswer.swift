/// An HTTP answer that can be given again.
public struct KeptAnswer: Sendable, Equatable {
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Longer bodies are not kept.
    static let maximumBodyLength = 32 << 20

    public var status: Int
    public var headers: [Header]
    public var body: [UInt8]

    public init(status: Int, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension KeptAnswer {
    /// The headers as lines; neither a name nor a value can have a line feed in it (RFC 9110, section 5.5).
    var headerLines: String { headers.map { "\($0.name): \($0.value)\n" }.joined() }

    static func headers(_ lines: String) -> [Header] {
        lines.split(separator: "\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return Header(name: String(line[..<colon]), value: String(line[colon...].dropFirst(2)))
        }
    }
}
