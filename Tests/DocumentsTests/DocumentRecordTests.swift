import Documents
import Foundation
import OrderedJSON
import Testing

@Suite("Documents from texts and uploads")
struct DocumentRecordTests {
    private let environment = DocumentEnvironment(
        now: { 1_700_000_000_000 }, timeZone: .gmt, makeID: { "ID" }, tokenEstimate: { $0.utf8.count })

    @Test("a raw text with a title alone has the standard values, in the order of the contract")
    func rawTextDefaults() throws {
        let record = try RawTextDocument(textContent: "one two  three", metadata: ["title": "fox.txt"]).record(
            in: environment)
        let expected =
            #"{"id":"ID","url":"file://fox.txt","title":"fox.txt","docAuthor":"no author specified","#
            + #""description":"no description found","docSource":"no source set","chunkSource":"fox.txt","#
            + #""published":"11/14/2023, 10:13:20 PM","wordCount":4,"pageContent":"one two  three","#
            + #""token_count_estimate":14,"location":"custom-documents/raw-fox-ID.json","isDirectUpload":false}"#
        #expect(JSONValue.object(record.uploadRecord()).text == expected)
        #expect(record.metadata["pageContent"] == nil)
        #expect(record.id == "ID")
    }

    @Test(
        "stems come from titles",
        arguments: [
            ("My Database Notes.v2.txt", "my-database-notes-v2", "raw-my-database-notes-v2-ID.json"),
            ("../../etc/passwd.txt", "etc-passwd", "raw-etc-passwd-ID.json"),
            ("über 你好.txt", "uber", "raw-uber-ID.json"),
            ("sea", "sea", "raw-sea-ID.json"), ("日本語", "document", "raw-document-ID.json"),
            ("a:b*c", "a:b*c", "raw-abc-ID.json"), (".txt", "document", "raw-document-ID.json"),
        ])
    func stems(_ title: String, _ stem: String, _ file: String) throws {
        let record = try RawTextDocument(textContent: "x", metadata: ["title": .string(title)]).record(in: environment)
        #expect(record.metadata["title"]?.stringValue == stem + ".txt")
        #expect(record.fileName == file)
        #expect(record.folder == "custom-documents")
    }

    @Test(
        "published: numbers are dates, anything else is now",
        arguments: [
            (1_700_000_000_000, "11/14/2023, 10:13:20 PM"), ("0", "1/1/1970, 12:00:00 AM"),
            (true, "1/1/1970, 12:00:00 AM"), (-1, "12/31/1969, 11:59:59 PM"), (1e20, "Invalid Date"),
            (.null, "11/14/2023, 10:13:20 PM"), ("", "11/14/2023, 10:13:20 PM"),
            ("yesterday", "11/14/2023, 10:13:20 PM"), ([:], "11/14/2023, 10:13:20 PM"),
            (-62_198_755_200_000, "1/1/2, 12:00:00 AM"), (951_826_245_000, "2/29/2000, 12:10:45 PM"),
        ] as [(JSONValue, String)])
    func published(_ value: JSONValue, _ expected: String) throws {
        let document = try RawTextDocument(textContent: "x", metadata: ["title": "t", "published": value])
        #expect(document.record(in: environment).metadata["published"]?.stringValue == expected)
    }

    @Test(
        "url of a web page",
        arguments: [
            ("https://Example.com/Path?Q=1", "web://https://example.com/path?q=1.website"),
            (" http:example.com ", "web:// http:example.com .website"), ("not a url", "file://t.txt"),
            ("ftp://x.test", "file://t.txt"), ("https://", "file://t.txt"), ("https://a b.test", "file://t.txt"),
            ("https://x.test:99999", "file://t.txt"), ("https://[::1]:80/x", "web://https://[::1]:80/x.website"),
            ("https://[::1/x", "file://t.txt"), ("https://1.2.3.4.5", "file://t.txt"), (5, "file://t.txt"),
            ("https://u:p@h.test", "web://https://u:p@h.test.website"), ("//x.test", "file://t.txt"),
        ] as [(JSONValue, String)])
    func urls(_ value: JSONValue, _ expected: String) throws {
        let document = try RawTextDocument(textContent: "x", metadata: ["title": "t", "url": value])
        #expect(document.record(in: environment).metadata["url"]?.stringValue == expected)
    }

    @Test("texts are taken as they are, empty ones too; other types fall back")
    func textKeys() throws {
        let record = try RawTextDocument(
            textContent: "x",
            metadata: [
                "title": "sea", "docAuthor": 5, "description": ["x"], "docSource": "", "chunkSource": "", "extra": 1,
            ]
        ).record(in: environment)
        #expect(record.metadata["docAuthor"] == "no author specified")
        #expect(record.metadata["description"] == "no description found")
        #expect(record.metadata["docSource"] == "")
        #expect(record.metadata["chunkSource"] == "")
        #expect(record.metadata["extra"] == nil)
    }

    @Test(
        "refusals in the order of the contract",
        arguments: [
            ("x", nil, .missingTitle), ("x", [:], .missingTitle), ("x", ["title": ""], .missingTitle),
            ("", ["title": "t"], .emptyText), (nil, ["title": "t"], .emptyText), ([], ["title": 5], .emptyText),
            (12345, ["title": "t"], .notText), ("x", ["title": 42], .notText), ("x", .null, .nullMetadata),
            ("x", 5, .missingTitle), ("x", ["title"], .missingTitle), ("x", "garbage", .missingTitle),
            (nil, nil, .missingTitle), ("x", "null", .nullMetadata),
        ] as [(JSONValue?, JSONValue?, RawTextRefusal)])
    func refusals(_ text: JSONValue?, _ metadata: JSONValue?, _ expected: RawTextRefusal) {
        #expect(throws: expected) { try RawTextDocument(textContent: text, metadata: metadata) }
        #expect(expected.description.hasSuffix(".") || expected == .missingTitle)
    }

    @Test("metadata may be JSON text")
    func metadataText() throws {
        #expect(try RawTextDocument(textContent: "x", metadata: "{'title': 'textmeta',}").title == "textmeta")
    }

    @Test("an upload has the values of its converter unless metadata gives others")
    func upload() async throws {
        let file = UploadedFile(
            name: "résumé 你.txt", bytes: Array("\u{FEFF}a b".utf8),
            metadataText: #"{"title":"T","docAuthor":5,"description":"","chunkSource":"c"}"#)
        let record = try #require(try await UploadedDocuments.records(of: file, in: environment).first)
        let expected =
            #"{"id":"ID","url":"file:///hotdir/résumé 你.txt","title":"T","docAuthor":5,"description":"Unknown","#
            + #""docSource":"a text file uploaded by the user.","chunkSource":"c","published":"11/14/2023, 10:13:20 PM","#
            + "\"wordCount\":2,\"pageContent\":\"\u{FEFF}a b\",\"token_count_estimate\":6,"
            + #""location":"custom-documents/resume-.txt-ID.json","isDirectUpload":false,"name":"resume-.txt-ID.json"}"#
        #expect(JSONValue.object(record.uploadRecord(isMoved: true)).text == expected)
    }

    @Test(
        "files are accepted by extension, else by their bytes",
        arguments: [
            ("a.txt", "x", nil), ("a.HTML", "<p>", nil), ("a.zzz", "code", nil), ("LICENSE", "free", nil),
            ("a.ts", "\0\0\0", nil), ("a.csv", " \n", nil), ("a.doc", "text really", nil),
            ("empty.txt", "", .noText(fileName: "empty.txt")), ("a.bat", "x", .unsupported(fileExtension: ".bat")),
            ("a.gif", "GIF\0\0\0", .unsupported(fileExtension: ".gif")),
            ("a.zzz", "", .unsupported(fileExtension: ".zzz")), (".bashrc", "x", .noExtension),
            ("blob", "\0\0", .unsupported(fileExtension: "")), ("", "x", .invalidPath), ("..", "x", .invalidPath),
            ("__HOTDIR__.md", "x", .reservedName), ("a.mp4", "x", .noTranscriber(fileName: "a.mp4")),
        ] as [(String, String, ConversionRefusal?)])
    func dispatch(_ name: String, _ content: String, _ refusal: ConversionRefusal?) async throws {
        let file = UploadedFile(name: name, bytes: Array(content.utf8))
        if let refusal {
            await #expect(throws: refusal) { try await UploadedDocuments.records(of: file, in: environment) }
        } else {
            let text = content.replacing("\0", with: "\u{FFFD}")
            #expect(try await UploadedDocuments.records(of: file, in: environment).first?.pageContent == text)
        }
    }

    @Test(
        "a tenth of control characters makes a file binary, a NUL counts twice",
        arguments: [
            (9, 0x01, true), (10, 0x01, false), (4, 0x00, true), (5, 0x00, false), (50, 0x09, true), (50, 0x0D, true),
        ]
            as [(Int, UInt8, Bool)])
    func binaryTest(_ count: Int, _ byte: UInt8, _ isText: Bool) async {
        let bytes = Array(repeating: byte, count: count) + Array(repeating: 0x61, count: 100 - count)
        let records = try? await UploadedDocuments.records(
            of: UploadedFile(name: "a.zzz", bytes: bytes), in: environment)
        #expect((records != nil) == isText)
    }

    @Test("reasons are those that clients know")
    func reasons() {
        #expect(
            ConversionRefusal.unsupported(fileExtension: ".bin9").description
                == "File extension .bin9 not supported for parsing and cannot be assumed as text file type.")
        #expect(ConversionRefusal.noText(fileName: "e.txt").description == "No text content found in e.txt.")
        #expect(RawTextRefusal.emptyText.description == "The 'textContent' key cannot have an empty value.")
    }

    @Test("ill-formed UTF-8 becomes U+FFFD")
    func illFormed() async throws {
        let file = UploadedFile(name: "a.txt", bytes: [0x61, 0xFF, 0x62])
        #expect(try await UploadedDocuments.records(of: file, in: environment).first?.pageContent == "a\u{FFFD}b")
    }

    @Test("tables of file types and metadata keys")
    func tables() {
        #expect(AcceptedFileTypes.rows.count == 25)
        #expect(
            AcceptedFileTypes.answer.text.hasPrefix(
                #"{"types":{"text/plain":[".txt",".md",".org",".adoc",".rst"],"text/html""#))
        #expect(MetadataSchema.answer["schema"]?.objectValue?.keys.last == "published")
    }
}
