import Foundation
import NIOCore

/// The body of an upload with one file, read from the disk as it is sent (RFC 7578).
struct MultipartFile: AsyncSequence, Sendable {
    let file: URL
    let contentType: String
    /// Bytes of the whole body.
    let length: Int
    private let head: String
    private let tail: String

    private static let pieceSize = 262_144

    /// - Parameters:
    ///   - name: the file's name as the server stores it; quotes and line ends are encoded, as browsers do.
    ///   - size: bytes of the file. When it grows meanwhile only so many are sent; when it shrinks the upload fails.
    init(file: URL, name: String, size: Int, boundary: String) {
        self.file = file
        contentType = "multipart/form-data; boundary=\(boundary)"
        let encoded = name.replacing("\"", with: "%22").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
        head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(encoded)\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
        tail = "\r\n--\(boundary)--\r\n"
        length = head.utf8.count + size + tail.utf8.count
        fileSize = size
    }

    private let fileSize: Int

    func makeAsyncIterator() -> Iterator {
        Iterator(file: file, head: head, tail: tail, left: fileSize, pieceSize: Self.pieceSize)
    }

    struct Iterator: AsyncIteratorProtocol {
        let file: URL
        let head: String
        let tail: String
        var left: Int
        let pieceSize: Int
        private var handle: FileHandle?
        private var isEnded = false

        init(file: URL, head: String, tail: String, left: Int, pieceSize: Int) {
            self.file = file
            self.head = head
            self.tail = tail
            self.left = left
            self.pieceSize = pieceSize
        }

        mutating func next() async throws -> ByteBuffer? {
            guard let handle else {
                handle = try FileHandle(forReadingFrom: file)
                return ByteBuffer(string: head)
            }
            if left > 0 {
                let piece = try handle.read(upToCount: Swift.min(left, pieceSize)) ?? Data()
                if piece.isEmpty {
                    throw LibraryClientError(.unreadableFile, "The file became shorter while it was sent.")
                }
                left -= piece.count
                return ByteBuffer(bytes: piece)
            }
            if isEnded { return nil }
            isEnded = true
            try handle.close()
            return ByteBuffer(string: tail)
        }
    }
}
