/// Why a model did not answer, or not to the end.
public struct LanguageModelError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// A setting that the provider needs is missing or unusable.
        case notConfigured
        case unknownProvider
        /// The provider answered with an HTTP status outside 200...299.
        case upstreamStatus(Int)
        /// No connection, or it failed before the answer began.
        case connection
        case timedOut
        /// The connection broke in the middle of the answer.
        case interrupted
        /// The provider reported an error inside its answer.
        case upstreamMessage
        /// The answer is not in the provider's own format, or beyond a sane size.
        case malformedAnswer
        /// The calling task was cancelled.
        case cancelled
    }

    public var code: Code
    /// What the client is shown (contract/chat.md 14, 15.3).
    public var message: String
    public var cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { message }
}

extension LanguageModelError {
    /// The texts are those of the OpenAI client library that the reference uses; clients compare them.
    static func connectionFailed(_ cause: (any Error)? = nil) -> LanguageModelError {
        LanguageModelError(.connection, "Connection error.", cause: cause)
    }

    static func timedOut(_ cause: (any Error)? = nil) -> LanguageModelError {
        LanguageModelError(.timedOut, "Request timed out.", cause: cause)
    }

    static func interrupted(_ cause: (any Error)? = nil) -> LanguageModelError {
        LanguageModelError(.interrupted, "Premature close", cause: cause)
    }

    static var cancelled: LanguageModelError {
        LanguageModelError(.cancelled, "Request was aborted.")
    }
}
