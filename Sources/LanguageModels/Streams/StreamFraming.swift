/// The state machine that cuts a provider's body into frames: bytes in, in any pieces, whole frames out.
///
/// No I/O and no clock; bytes are decoded only when a frame is whole, so a character may be cut anywhere.
protocol StreamFraming: Sendable {
    associatedtype Frame: Sendable

    /// Takes the next bytes and appends the frames that they complete.
    ///
    /// - Throws: `malformedAnswer` when the bytes break the framing or a frame grows beyond the limit.
    mutating func append(_ bytes: some Sequence<UInt8>, into frames: inout [Frame]) throws(LanguageModelError)

    /// The body has ended: gives the frame that was still open, if it can be read.
    ///
    /// - Throws: `interrupted` when the body ended inside a frame that knows its own length.
    mutating func finish() throws(LanguageModelError) -> Frame?
}
