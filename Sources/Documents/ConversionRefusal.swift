/// Why a file does not become a document (`contract/documents.md` 9.4, and the limits of ``ExtractionLimits``).
public enum ConversionRefusal: Error, Equatable, CustomStringConvertible {
    case invalidPath
    case reservedName
    case noExtension
    /// The extension in lower case with its dot; empty for a binary file without one.
    case unsupported(fileExtension: String)
    /// The name of the file.
    case noText(fileName: String)
    case noMail(fileName: String)
    case noSheets(fileName: String)
    case unreadableSheets(fileName: String)
    /// It asks for a password; the name of the file.
    case protected(fileName: String)
    case processing
    /// Extension, program and Debian package.
    case missingProgram(String, String, String)
    /// File name and seconds.
    case tooSlow(String, Int)
    /// File name and megabytes.
    case tooMuchMemory(String, Int)
    /// File name and megabytes.
    case tooMuchOutput(String, Int)
    /// File name, its pages, and the most that are read.
    case tooManyPages(String, pages: Int, limit: Int)
    case noTranscriber(fileName: String)
    /// In the provider's words.
    case transcription(String)
    case noSpace
    /// Nobody waits for the answer any more.
    case cancelled

    /// The `error` text of the answer.
    public var description: String {
        switch self {
        case .invalidPath: "Filename is a not a valid path to process."
        case .reservedName: "Filename is a reserved filename and cannot be processed."
        case .noExtension: "No file extension found. This file cannot be processed."
        case .unsupported(let suffix):
            "File extension \(suffix) not supported for parsing and cannot be assumed as text file type."
        case .noText(let fileName): "No text content found in \(fileName)."
        case .noMail(let fileName): "No mail items found in \(fileName)."
        case .noSheets(let fileName): "No valid sheets found in \(fileName)."
        case .unreadableSheets(let fileName): "Error processing \(fileName): it is not a readable spreadsheet."
        case .protected(let fileName): "\(fileName) is protected by a password."
        case .processing: "A processing error occurred."
        case .missingProgram, .noTranscriber, .transcription, .noSpace, .cancelled: serviceDescription
        case .tooSlow, .tooMuchMemory, .tooMuchOutput, .tooManyPages: limitDescription
        }
    }

    private var serviceDescription: String {
        switch self {
        case .missingProgram(let suffix, let program, let package):
            "Files of type \(suffix) need \(program) of the Debian package \(package), which is not installed here."
        case .noTranscriber(let fileName):
            "\(fileName) is a recording, and no transcription service is configured. Set WHISPER_PROVIDER."
        case .transcription(let message): message
        case .noSpace: "The file cannot be put aside for its conversion."
        default: "The conversion was cancelled."
        }
    }

    private var limitDescription: String {
        switch self {
        case .tooSlow(let fileName, let seconds):
            "Converting \(fileName) takes longer than \(seconds) seconds (CARREL_CONVERSION_SECONDS)."
        case .tooMuchMemory(let fileName, let megabytes):
            "Converting \(fileName) takes more than \(megabytes) MB of memory (CARREL_CONVERSION_MEMORY_MB)."
        case .tooMuchOutput(let fileName, let megabytes):
            "\(fileName) unpacks to more than \(megabytes) MB (CARREL_CONVERSION_OUTPUT_MB)."
        case .tooManyPages(let fileName, let pages, let limit):
            "\(fileName) has \(pages) pages, more than \(limit) (CARREL_CONVERSION_PAGES)."
        default: ""
        }
    }
}
