import Foundation
import Glibc

/// Reads HTTP/1.1 messages, requests or answers, one after the other from a blocking socket.
struct HTTPBuffer {
    struct Message {
        /// The second word of the first line: a request's path, an answer's status.
        var path: String
        /// As it came: chunks keep their frames.
        var body: [UInt8]
    }

    private static let headEnd = Array("\r\n\r\n".utf8)
    private static let lastChunk = Array("0\r\n\r\n".utf8)

    private var bytes: [UInt8] = []

    /// - Parameters:
    ///   - mark: bytes whose first arrival in the body is wanted.
    ///   - onMark: called once when they have come.
    /// - Returns: nil when the peer has closed or sends something else.
    mutating func next(from descriptor: Int32, mark: [UInt8] = [], onMark: () -> Void = {}) -> Message? {
        guard let headEnd = fill(from: descriptor, until: { $0.firstRange(of: Self.headEnd)?.upperBound }) else {
            return nil
        }
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self).lowercased()
        let words = String(decoding: bytes[..<headEnd], as: UTF8.self).prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count > 1 else { return nil }
        var isMarked = mark.isEmpty
        let length = head.firstRange(of: "content-length: ").flatMap {
            Int(head[$0.upperBound...].prefix { $0.isNumber })
        }
        let isChunked = head.contains("transfer-encoding: chunked")
        let end = fill(from: descriptor) { bytes in
            let body = bytes[headEnd...]
            if !isMarked, body.firstRange(of: mark) != nil {
                isMarked = true
                onMark()
            }
            if isChunked { return body.suffix(5).elementsEqual(Self.lastChunk) ? bytes.count : nil }
            return bytes.count >= headEnd + (length ?? 0) ? headEnd + (length ?? 0) : nil
        }
        guard let end else { return nil }
        defer { bytes.removeFirst(end) }
        return Message(path: String(words[1]), body: Array(bytes[headEnd..<end]))
    }

    /// Receives until `end` finds what it looks for.
    private mutating func fill(from descriptor: Int32, until end: ([UInt8]) -> Int?) -> Int? {
        while true {
            if let end = end(bytes) { return end }
            let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { space in
                let count = recv(descriptor, space.baseAddress, space.count, 0)
                if count > 0 { bytes += space[..<count] }
                return count
            }
            if count <= 0 { return nil }
        }
    }
}
