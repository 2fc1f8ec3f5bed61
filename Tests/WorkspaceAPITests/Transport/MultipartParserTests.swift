import Testing
import TestSupport

@testable import WorkspaceAPI

@Suite("Multipart forms")
struct MultipartParserTests {
    private static let contentType = "multipart/form-data; boundary=XbX"
    private static let body =
        "preamble\r\n--XbX\r\nContent-Disposition: form-data; name=\"addToWorkspaces\"\r\n\r\na,b\r\n"
        + "--XbX  \r\ncontent-disposition: form-data; name=\"file\"; filename=\"r\u{E9}s \\\"1\\\".txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\nline\r\n--Xb\r\r\n--XbXtra\r\n-\r\n--XbX\r\n"
        + "X-Other: 1\r\n\r\nskipped\r\n--XbX\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n--XbX--\r\nepilogue"
    private static let parts = [
        Part(head: MultipartPart(name: "addToWorkspaces"), content: "a,b"),
        Part(
            head: MultipartPart(name: "file", fileName: "r\u{E9}s \"1\".txt"),
            content: "line\r\n--Xb\r\r\n--XbXtra\r\n-"),
        Part(head: MultipartPart(name: "e"), content: ""),
    ]

    struct Part: Equatable {
        var head: MultipartPart
        var content: String
    }

    private static func parts(_ chunks: [ArraySlice<UInt8>], _ contentType: String) throws -> [Part] {
        var parser = try MultipartParser(contentType: contentType)
        var parts: [(MultipartPart, [UInt8])] = []
        var isOpen = false
        for chunk in chunks {
            for event in try parser.parse(chunk) {
                switch event {
                case .partBegin(let head):
                    #expect(!isOpen)
                    isOpen = true
                    parts.append((head, []))
                case .data(let data):
                    #expect(isOpen && !data.isEmpty)
                    parts[parts.count - 1].1 += data
                case .partEnd:
                    #expect(isOpen)
                    isOpen = false
                case .end: #expect(!isOpen)
                }
            }
        }
        try parser.finish()
        return parts.map { Part(head: $0.0, content: String(decoding: $0.1, as: UTF8.self)) }
    }

    @Test("every place at which a body can be cut gives the same parts")
    func everySplit() throws {
        let bytes = Array(Self.body.utf8)
        for cut in 0...bytes.count {
            #expect(try Self.parts([bytes[..<cut], bytes[cut...]], Self.contentType) == Self.parts, "cut at \(cut)")
        }
        #expect(try Self.parts(bytes.indices.map { bytes[$0...$0] }, Self.contentType) == Self.parts)
    }

    @Test("every truncation of a body is noticed")
    func truncated() {
        let bytes = Array(Self.body.utf8.prefix(while: { _ in true }))
        let end = bytes.count - "\r\nepilogue".utf8.count
        for length in 0..<end {
            #expect(throws: MultipartError.unexpectedEnd) { try Self.parts([bytes[..<length]], Self.contentType) }
        }
    }

    @Test("content that is full of near boundaries comes through", arguments: 0..<200)
    func fuzz(_ seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let boundary = String((0..<(1 + random.next(6))).map { _ in Array("-ab")[random.next(3)] })
        let bits = ["\r", "\n", "\r\n", "--", "-", "a", "b", "\r\n-", "\r\n--c", "\0"]
        let content = (0..<random.next(60)).map { _ in bits[random.next(bits.count)] }.joined()
        // A line of the content may be the boundary by chance; such a body has another meaning.
        guard !"\r\n\(content)\r\n".utf8.elementsEqual([]), !contains("\r\n" + content, "\r\n--" + boundary) else {
            return
        }
        let body = Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n\(content)\r\n--\(boundary)--".utf8)
        var chunks: [ArraySlice<UInt8>] = []
        var start = 0
        while start < body.count {
            let end = min(body.count, start + 1 + random.next(7))
            chunks.append(body[start..<end])
            start = end
        }
        let parts = try Self.parts(chunks, "multipart/form-data; boundary=\"\(boundary)\"")
        #expect(parts.map { Array($0.content.utf8) } == [Array(content.utf8)], "seed \(seed)")
    }

    private func contains(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        return text.indices.contains { text[$0...].starts(with: part) }
    }

    @Test(
        "content types without a usable boundary",
        arguments: [
            ("multipart/form-data", MultipartError.boundaryNotFound),
            ("multipart/form-data; boundary=", .boundaryNotFound),
            ("multipart/form-data; boundary=\"\"", .boundaryNotFound), ("multipart/form-data;x", .boundaryNotFound),
            ("multipart/mixed; boundary=a", .unsupportedContentType("multipart/mixed")),
            ("application/json", .unsupportedContentType("application/json")), ("", .unsupportedContentType("")),
        ])
    func badContentType(_ contentType: String, _ expected: MultipartError) {
        #expect(throws: expected) { try MultipartParser(contentType: contentType) }
        #expect(MultipartParser.isMultipart(contentType) == contentType.hasPrefix("multipart/"))
    }

    @Test(
        "boundaries quoted, in another case, beside other parameters",
        arguments: [
            "multipart/form-data; boundary=\"XbX\"", "Multipart/Form-Data;charset=utf-8; BOUNDARY=XbX",
            "multipart/form-data; boundary=XbX ; a=b",
        ])
    func boundaries(_ contentType: String) throws {
        #expect(try Self.parts([Array(Self.body.utf8)[...]], contentType) == Self.parts)
    }

    @Test(
        "file names",
        arguments: [
            ("filename=\"a.txt\"", "a.txt"), ("filename=a.txt", "a.txt"),
            ("filename=\"C:\\dir\\a.txt\"", "C:\\dir\\a.txt"),
            ("filename=\"x\"; filename*=UTF-8''r%C3%A9s.txt", "rés.txt"), ("filename*=iso-8859-1'en'%E9", "é"),
            ("filename=\"b\"; filename*=utf-16''x", "b"), ("filename=\"b\"; filename*=UTF-8''%zz", "b"),
            ("filename=\"\"", ""),
            ("filename=\"a;b=c.txt\"", "a;b=c.txt"), ("x=1", nil), ("filename=\"open", "open"),
            ("filename=\"你.txt\"", "你.txt"),
        ] as [(String, String?)])
    func fileNames(_ parameter: String, _ expected: String?) throws {
        let body = "--XbX\r\nContent-Disposition: form-data; name=\"file\"; \(parameter)\r\n\r\n\r\n--XbX--"
        #expect(try Self.parts([Array(body.utf8)[...]], Self.contentType).first?.head.fileName == expected)
    }

    @Test(
        "bad part headers",
        arguments: [
            "no colon", ": empty name", "bad name: x",
            "X: " + String(repeating: "a", count: MultipartParser.maximumHeaderSize),
        ])
    func badHeaders(_ line: String) {
        let body = Array("--XbX\r\n\(line)\r\n\r\nx\r\n--XbX--".utf8)
        #expect(throws: MultipartError.malformedPartHeader) { try Self.parts([body[...]], Self.contentType) }
    }

    @Test("a folded header is one header")
    func folded() throws {
        let body = Array("--XbX\r\nContent-Disposition: form-data;\r\n name=\"f\"\r\n\r\nx\r\n--XbX--".utf8)
        #expect(try Self.parts([body[...]], Self.contentType).first?.head.name == "f")
    }

    @Test("errors have the texts that clients know")
    func texts() {
        #expect(MultipartError.unexpectedEnd.description == "Unexpected end of form")
        #expect(MultipartError.boundaryNotFound.description == "Multipart: Boundary not found")
        #expect(MultipartError.malformedPartHeader.description == "Malformed part header")
        #expect(MultipartError.unsupportedContentType("a/b").description == "Unsupported content type: a/b")
    }
}
