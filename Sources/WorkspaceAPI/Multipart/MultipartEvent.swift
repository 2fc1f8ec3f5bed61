/// What a ``MultipartParser`` has found.
enum MultipartEvent: Sendable, Equatable {
    case partBegin(MultipartPart)
    /// A piece of the current part's content, never empty. It shares the memory of the chunk that it came in.
    case data(ArraySlice<UInt8>)
    case partEnd
    /// The closing boundary; what follows it is ignored.
    case end
}
