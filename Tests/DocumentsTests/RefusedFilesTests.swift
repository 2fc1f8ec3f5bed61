import OrderedJSON
import Testing

@testable import Documents

@Suite("Files that cannot be converted are refused with the documented reason")
struct RefusedFilesTests {
    /// File name, and the reason for what is no such file at all (contract/documents.md 9.4).
    static let reasons: [(String, String)] = [
        ("a.pdf", "A processing error occurred."), ("a.docx", "A processing error occurred."),
        ("a.rtf", "A processing error occurred."), ("a.pptx", "No text content found in a.pptx."),
        ("a.odt", "No text content found in a.odt."), ("a.odp", "No text content found in a.odp."),
        ("a.epub", "No text content found in a.epub."),
        ("a.xlsx", "Error processing a.xlsx: it is not a readable spreadsheet."),
        ("a.ods", "Error processing a.ods: it is not a readable spreadsheet."),
        ("a.mbox", "No mail items found in a.mbox."), ("a.eml", "No mail items found in a.eml."),
        ("a.png", "No text content found in a.png."), ("a.jpeg", "No text content found in a.jpeg."),
        ("a.webp", "No text content found in a.webp."), ("a.tiff", "No text content found in a.tiff."),
        ("a.mp3", "a.mp3 is a recording, and no transcription service is configured. Set WHISPER_PROVIDER."),
    ]

    @Test("foreign bytes", arguments: reasons)
    func foreign(_ name: String, _ reason: String) async throws {
        let refusal = await ConversionFixture().refusal(name, Array("\u{1}\u{2} no such file".utf8))
        #expect(refusal?.description == reason)
    }

    /// Corpus file, its reason when it is cut in half.
    static let halves: [(String, ConversionRefusal)] = [
        ("tides.docx", .processing), ("tides.odt", .noText(fileName: "tides.odt")),
        ("slides.pptx", .noText(fileName: "slides.pptx")), ("ports.xlsx", .unreadableSheets(fileName: "ports.xlsx")),
        ("depths.ods", .unreadableSheets(fileName: "depths.ods")), ("tides.epub", .noText(fileName: "tides.epub")),
        ("scan.png", .noText(fileName: "scan.png")),
    ]

    @Test("half a file", arguments: halves)
    func half(_ name: String, _ refusal: ConversionRefusal) async throws {
        let bytes = try ConversionFixture.corpus(name)
        #expect(await ConversionFixture().refusal(name, Array(bytes.prefix(bytes.count / 2))) == refusal)
    }

    /// File, member, and its content: an archive in order with nothing to read in it.
    static let empty: [(String, String, String, ConversionRefusal)] = [
        ("a.docx", "word/document.xml", WordXML.document(""), .noText(fileName: "a.docx")),
        ("a.odt", "content.xml", "<d/>", .noText(fileName: "a.odt")),
        ("a.xlsx", "xl/workbook.xml", "<workbook/>", .noSheets(fileName: "a.xlsx")),
        ("a.docx", "other.xml", "<d/>", .processing),
        ("a.pptx", "ppt/slides/slide1.xml", "<d/>", .noText(fileName: "a.pptx")),
    ]

    @Test("nothing to read", arguments: empty)
    func nothing(_ name: String, _ member: String, _ text: String, _ refusal: ConversionRefusal) async throws {
        #expect(await ConversionFixture().refusal(name, try await ZipArchive.bytes(member, text)) == refusal)
    }

    @Test("mail without text is a success with no documents")
    func mailWithoutText() async throws {
        let mail = "From x Mon Mar  4 09:00:00 2024\nSubject: a\nContent-Type: image/png\n\nAAAA\n"
        #expect(try await ConversionFixture().records("a.mbox", Array(mail.utf8)).isEmpty)
        #expect(await ConversionFixture().refusal("a.eml", Array("Subject: a\n\n".utf8)) == .noText(fileName: "a.eml"))
    }

    @Test("a file that asks for a password is refused for that", arguments: ["protected.pdf", "protected.docx"])
    func password(_ name: String) async throws {
        let refusal = await ConversionFixture().refusal(name, try ConversionFixture.corpus(name))
        #expect(refusal?.description == "\(name) is protected by a password.")
    }

    @Test("an encrypted OpenDocument file says so in its manifest")
    func encryptedOpenDocument() async throws {
        let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
        func archive(_ manifest: String) async throws -> [UInt8] {
            try await ZipArchive.bytes([
                (name: "content.xml", text: "\u{8}sealed", count: 1),
                (name: "META-INF/manifest.xml", text: manifest, count: 1),
            ])
        }
        let (open, sealed) = (try await archive("<manifest/>"), try await archive(manifest))
        for name in ["a.odt", "a.ods"] {
            #expect(await ConversionFixture().refusal(name, sealed) == .protected(fileName: name))
        }
        #expect(await ConversionFixture().refusal("a.odt", open) == .noText(fileName: "a.odt"))
    }

    @Test("a PDF that is encrypted with an empty password is read")
    func emptyPassword() async throws {
        #expect(try await ConversionFixture().records("encrypted.pdf")[0].pageContent == "High water at noon.")
    }

    @Test("a program that is not there is named with its package")
    func missingProgram() {
        let absent = ConverterProgram(name: "no-such-program", package: "no-package")
        #expect(absent.path == nil)
        #expect(
            ConversionRefusal.missingProgram(".x", absent.name, absent.package).description
                == "Files of type .x need no-such-program of the Debian package no-package, which is not installed here."
        )
        let module = ConverterProgram(name: "perl", package: "libnone-perl", evidence: "/nowhere/None.pm")
        #expect(module.path == nil)
    }

    @Test("recordings go to the transcriber, and its words come back")
    func transcriber() async throws {
        struct Fake: AudioTranscriber {
            func transcript(of recording: [UInt8], fileName: String) async throws -> String {
                if recording.isEmpty { throw ConversionRefusal.transcription("Invalid file format.") }
                return "\(fileName): \(recording.count) bytes"
            }
        }
        let fixture = ConversionFixture { $0.transcriber = Fake() }
        let record = try await fixture.records("a.mp3", [1, 2, 3])[0]
        #expect(record.pageContent == "a.mp3: 3 bytes")
        #expect(record.metadata["docSource"] == "audio file uploaded by the user.")
        #expect(await fixture.refusal("a.mp3", [])?.description == "Invalid file format.")
    }
}
