/// The head of a part of a form (RFC 7578 section 4).
struct MultipartPart: Sendable, Equatable {
    /// The name of the field; nil when the part has none.
    var name: String?
    /// The file name as the client sent it, path included; nil for parts that are not files.
    var fileName: String?
}
