/// Why a cache file cannot be used; its document is embedded again.
public enum CacheFault: Error, Sendable, Equatable, CustomStringConvertible {
    case missing
    case unreadable
    case tooLarge
    case malformed
    case empty
    case mixedDimensions
    case notFinite

    public var description: String {
        switch self {
        case .missing: "no cached vectors"
        case .unreadable: "the cached vectors cannot be read"
        case .tooLarge: "the file of cached vectors is larger than 1 GB"
        case .malformed: "the cached vectors are no JSON of the known form"
        case .empty: "the file of cached vectors is empty"
        case .mixedDimensions: "the cached vectors have different lengths"
        case .notFinite: "the cached vectors hold values that are no numbers"
        }
    }
}
