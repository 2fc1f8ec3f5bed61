/// Why a server did not do what it was asked, and what to do about it.
public struct LibraryClientError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// Nobody answers, or nginx answers that the server does not: another try may succeed.
        case unreachable
        case refusedKey
        case unknownWorkspace
        /// The server refused this file or this request; another try gives the same.
        case refused
        /// The file cannot be read.
        case unreadableFile
        /// Not what the API says.
        case unexpectedAnswer
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
