/// What converters work with beside the file: the way into isolation, limits, and services from outside.
public struct ConversionTools: Sendable {
    /// The program whose command `isolate` restricts itself and then becomes the converter.
    public var launcher: String
    public var limits: ExtractionLimits
    /// Languages of optical character recognition, as Tesseract names them, by preference.
    public var languages: [String]
    /// Whether text files that are not UTF-8 are examined for another encoding.
    public var detectsEncodings: Bool
    /// Turns speech into text; nil when nothing is configured.
    public var transcriber: (any AudioTranscriber)?
    /// Told when a program fails, with its name and how; never with the text of a document.
    public var report: @Sendable (_ program: String, _ reason: String) -> Void
    /// Shared by all copies.
    let gate: ConversionGate

    /// - Parameters:
    ///   - launcher: by default the running program, also when its file has been replaced meanwhile.
    ///   - simultaneous: conversions at once; further ones wait.
    public init(launcher: String = "/proc/self/exe", simultaneous: Int = 2) {
        self.launcher = launcher
        limits = ExtractionLimits()
        languages = ["eng"]
        detectsEncodings = true
        report = { _, _ in }
        gate = ConversionGate(places: simultaneous)
    }

    /// The languages of `TARGET_OCR_LANG`: separated by commas; nothing means English.
    public static func languages(_ list: String) -> [String] {
        let names = list.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let codes = names.filter { name in
            !name.isEmpty && name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x30...0x7A).contains($0) }
        }
        return codes.isEmpty ? ["eng"] : codes
    }
}
