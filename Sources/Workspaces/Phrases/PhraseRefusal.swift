/// A preset or a variable that cannot be kept, in words for the administrator.
public struct PhraseRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
