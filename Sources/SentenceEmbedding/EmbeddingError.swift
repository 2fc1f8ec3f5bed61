/// Why a text could not be embedded.
public struct EmbeddingError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The model's folder or one of its files is not there.
        case missingModel
        /// A file of the model is truncated, foreign or inconsistent.
        case badModel
        /// A setting of the embedder is missing or out of range.
        case badSettings
        /// The provider could not be reached or refused.
        case upstream
        /// There was no answer in time.
        case timedOut
        /// The calling task was cancelled, or the engine was shut down.
        case cancelled
        /// A vector has another length than the others.
        case dimensionMismatch
    }

    public var code: Code
    /// What happened and what to do; shown to the client.
    public var message: String
    public var cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { message }
}
