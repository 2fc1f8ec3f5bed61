/// Why a link gives no content (`contract/documents.md` 8).
public enum LinkRefusal: Error, Equatable, CustomStringConvertible {
    /// No URL, no address of the web, or one that only the server can reach, on the way there included.
    case invalidURL
    /// Nothing came, or nothing that can be read.
    case noContent(link: String)
    /// The server of a file refused it.
    case status(code: Int, phrase: String)
    case tooLarge(link: String, limit: Int)
    /// More elements than any page for readers has, or deeper in one another.
    case tooComplex(link: String)
    case tooSlow(link: String, seconds: Int)
    case tooManyRedirects(link: String, limit: Int)
    case unsupportedType(link: String, type: String)
    /// Compressed in a way that was not asked for, broken, or larger than the limit when unpacked.
    case unreadableBody(link: String)
    case invalidHeaders
    /// A link that is too long to be stored.
    case linkTooLong(limit: Int)
    /// A video whose words cannot be had; the text says why.
    case video(String)

    /// The `error` text of the answer.
    public var description: String {
        switch self {
        case .invalidURL: "Not a valid URL."
        case .noContent(let link): "No URL content found at \(link)."
        case .status(let code, let phrase): "HTTP \(code): \(phrase)"
        case .tooLarge(let link, let limit): "The content of \(link) is larger than \(limit >> 20) MB."
        case .tooComplex(let link): "The page at \(link) has too many elements, or too deep in one another."
        case .tooSlow(let link, let seconds): "\(link) did not answer completely within \(seconds) seconds."
        case .tooManyRedirects(let link, let limit): "\(link) leads through more than \(limit) redirects."
        case .unsupportedType(let link, let type): "The content of \(link) is of type \(type), which cannot be read."
        case .unreadableBody(let link): "The content of \(link) cannot be unpacked, or is too large when it is."
        case .invalidHeaders: "scraperHeaders has a name or value that no HTTP header can have, or too many of them."
        case .linkTooLong(let limit): "The link is longer than \(limit) bytes."
        case .video(let reason): reason
        }
    }
}
