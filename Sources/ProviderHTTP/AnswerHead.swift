import NIOHTTP1

/// Status and headers of an answer, put together from its header lines.
struct AnswerHead {
    /// Set by the empty line that ends the head of a final answer.
    private(set) var complete: HTTPResponseHead?
    private var pending: HTTPResponseHead?

    /// Takes one line with or without its end. Interim answers (1xx) are forgotten, trailers after the body left out.
    mutating func take(_ line: some Collection<UInt8>) {
        // A line that goes on with another's value (RFC 9112, section 5.2) is left out.
        if complete != nil || line.first == 0x20 || line.first == 0x09 { return }
        let text = String(decoding: line, as: UTF8.self).trimmingSuffix(while: \.isWhitespace)
        if text.isEmpty {
            if let pending, pending.status.code >= 200 || pending.status.code == 101 { complete = pending }
            pending = nil
        } else if pending == nil {
            let code = text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
            pending = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: code ?? 0))
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            pending?.headers.add(name: String(text[..<colon]), value: String(value))
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
        var end = endIndex
        while end > startIndex, isUnwanted(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
