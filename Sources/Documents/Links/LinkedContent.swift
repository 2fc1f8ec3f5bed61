/// What a link leads to.
enum LinkedContent: Sendable, Equatable {
    case page(LinkedPage)
    /// A file of a format that has a converter: its name and content.
    case file(name: String, bytes: [UInt8])
}
