/// What nginx answered to one request.
public struct NginxResponse: Sendable {
    public let status: Int
    /// `1.1` or `2`.
    public let version: String
    /// In the order received; names in lower case.
    public let headers: [(name: String, value: String)]
    public let body: String

    /// All values of a header, joined with commas; nil when it is absent.
    public func header(_ name: String) -> String? {
        let values = headers.filter { $0.name == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// - Parameter head: status line and headers as received, earlier answers (`100 Continue`) before them.
    init?(head: String, body: String) {
        let blocks = head.replacing("\r\n", with: "\n").split(separator: "\n\n")
        guard let lines = blocks.last?.split(separator: "\n"), let first = lines.first else { return nil }
        let words = first.split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { return nil }
        self.status = status
        version = String(words[0].dropFirst("HTTP/".count))
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        self.body = body
    }
}
