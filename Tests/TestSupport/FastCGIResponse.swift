/// A CGI response: the header block and what follows it.
public struct FastCGIResponse: Sendable, Equatable {
    public let status: Int
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// - Throws: ``FastCGIClient/Failure/malformedResponse`` without a header block that begins with a status.
    init(output: [UInt8]) throws {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let split = output.indices.first(where: { output[$0...].starts(with: end) }) else {
            throw FastCGIClient.Failure.malformedResponse
        }
        var headers: [String: String] = [:]
        for line in String(decoding: output[..<split], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw FastCGIClient.Failure.malformedResponse }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        guard let status = headers["status"]?.split(separator: " ").first.flatMap({ Int($0) }) else {
            throw FastCGIClient.Failure.malformedResponse
        }
        self.status = status
        self.headers = headers
        body = Array(output[(split + end.count)...])
    }
}
