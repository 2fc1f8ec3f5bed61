/// What a ``MultipartParser`` has found.
enum MultipartEvent: Sendable, Equatable {
    case partBegin(MultipartPart)
    /// A piece of the current part's content, never empty. It shares the memory of the chunk that it came in.
    case data(ArraySlice<UInt8>)
    case partEnd
    /// The closing boundary; what follows it is ignored.
    case end
}

/// The head of a part of a form (RFC 7578 section 4).
struct MultipartPart: Sendable, Equatable {
    /// The name of the field; nil when the part has none.
    var name: String?
    /// The file name as the client sent it, path included; nil for parts that are not files.
    var fileName: String?
}
