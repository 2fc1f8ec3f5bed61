/// Why a page is not parsed to its end.
enum HTMLFlaw: Error, Equatable {
    /// More elements and texts than ``HTMLTreeBuilder`` takes.
    case tooManyNodes
    /// Elements inside one another that no author has written.
    case tooDeep
    /// It takes too long, as only a page made for it does.
    case tooSlow
    /// The parser could not be set up.
    case noParser
}
