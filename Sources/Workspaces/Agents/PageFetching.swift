/// Reads public web pages for agents; whoever implements it guards against addresses that are not public.
public protocol PageFetching: Sendable {
    /// The readable text of a page.
    ///
    /// - Throws: what may be said to a model: why the page cannot be read.
    func page(_ link: String) async throws -> String
}
