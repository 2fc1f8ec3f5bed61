import Glibc

/// Why a helper process, or something it needs, could not be had.
public enum ProcessFailure: Error, CustomStringConvertible {
    /// A system call failed with this `errno`.
    case system(_ call: String, _ code: Int32)
    /// The process could not be started.
    case cannotStart(_ executable: String, reason: String)
    /// The process ended although it was wanted; the text is the end of what it wrote.
    case ended(status: Int32, output: String)
    /// The process did not do in time what was waited for.
    case late(_ what: String)

    public var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .cannotStart(let executable, let reason): "cannot start \(executable): \(reason)"
        case .ended(let status, let output): "the process ended with status \(status): \(output)"
        case .late(let what): "\(what) did not happen in time"
        }
    }
}
