/// Why a folder cannot be read as an AnythingLLM storage, and what to do about it.
public struct ForeignStorageError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// No folder, no database, or a file that is none.
        case notAStorage
        /// AnythingLLM writes while its files are being read.
        case busy
        /// A file cannot be read or copied.
        case unreadable
    }

    public var code: Code
    /// Names the file; never its content.
    public var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
