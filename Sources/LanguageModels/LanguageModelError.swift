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

    /// What may be logged: the code, and for failures of the connection what the network said. Never the provider's
    /// words, which may repeat a prompt.
    public var logDescription: String {
        switch code {
        case .connection, .timedOut, .interrupted: cause.map { "\(code.label) (\($0))" } ?? code.label
        case .notConfigured, .unknownProvider: "\(code.label) (\(message))"
        case .upstreamStatus, .upstreamMessage, .malformedAnswer, .cancelled: code.label
        }
    }
}

extension LanguageModelError.Code {
    /// One word for logs and counters, such as `upstream-status-429`.
    var label: String {
        switch self {
        case .notConfigured: "not-configured"
        case .unknownProvider: "unknown-provider"
        case .upstreamStatus(let status): "upstream-status-\(status)"
        case .connection: "connection-failed"
        case .timedOut: "timed-out"
        case .interrupted: "interrupted"
        case .upstreamMessage: "upstream-error"
        case .malformedAnswer: "malformed-answer"
        case .cancelled: "cancelled"
        }
    }
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

extension LanguageModelError {
    /// The same error with words in front that clients of the reference know; a cancelled task has no reader.
    func prefixed(_ words: String) -> LanguageModelError {
        guard code != .cancelled else { return self }
        return LanguageModelError(code, words + message, cause: cause)
    }
}
