import Foundation

/// A program that reads a foreign format, and the Debian package that has it.
struct ConverterProgram: Sendable, Equatable {
    let name: String
    let package: String
    /// A file that the package brings along, for packages that are known by something else than a program.
    var evidence: String?

    /// Where programs are looked for; the environment of the server does not count.
    static let folders = ["/usr/local/bin", "/usr/bin", "/bin"]

    /// The program's path; nil when its package is not installed.
    var path: String? {
        let files = FileManager.default
        if let evidence, !files.fileExists(atPath: evidence) { return nil }
        return Self.folders.map { $0 + "/" + name }.first { files.isExecutableFile(atPath: $0) }
    }

    static let pdfInfo = ConverterProgram(name: "pdfinfo", package: "poppler-utils")
    static let pdfText = ConverterProgram(name: "pdftotext", package: "poppler-utils")
    static let pdfImage = ConverterProgram(name: "pdftoppm", package: "poppler-utils")
    static let archive = ConverterProgram(name: "bsdtar", package: "libarchive-tools")
    static let stylesheet = ConverterProgram(name: "xsltproc", package: "xsltproc")
    static let recognition = ConverterProgram(name: "tesseract", package: "tesseract-ocr")
    /// Every system has perl-base, which lacks the code pages; corelist comes with the rest.
    static let richText = ConverterProgram(name: "perl", package: "perl", evidence: "/usr/bin/corelist")
    static let mail = ConverterProgram(
        name: "perl", package: "libemail-mime-perl", evidence: "/usr/share/perl5/Email/MIME.pm")
    static let encoding = ConverterProgram(name: "uchardet", package: "uchardet")
    static let recoding = ConverterProgram(name: "iconv", package: "libc-bin")
}
