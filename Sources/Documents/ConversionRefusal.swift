/// Why a file does not become a document (`contract/documents.md` 9.4).
public enum ConversionRefusal: Error, Equatable, CustomStringConvertible {
    case invalidPath
    case reservedName
    case noExtension
    /// The extension in lower case with its dot; empty for a binary file without one.
    case unsupported(fileExtension: String)
    /// The name of the file.
    case noText(fileName: String)
    case processing

    /// The `error` text of the answer.
    public var description: String {
        switch self {
        case .invalidPath: "Filename is a not a valid path to process."
        case .reservedName: "Filename is a reserved filename and cannot be processed."
        case .noExtension: "No file extension found. This file cannot be processed."
        case .unsupported(let suffix):
            "File extension \(suffix) not supported for parsing and cannot be assumed as text file type."
        case .noText(let fileName): "No text content found in \(fileName)."
        case .processing: "A processing error occurred."
        }
    }
}
