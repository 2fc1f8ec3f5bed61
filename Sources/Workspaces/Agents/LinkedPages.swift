import Documents
import OrderedJSON

/// Web pages for agents by way of the links' own fetcher, behind the same guard as document links.
struct LinkedPages: PageFetching {
    private let links: LinkFetcher

    init(_ links: LinkFetcher) { self.links = links }

    func page(_ link: String) async throws -> String {
        let page = try await links.page(try LinkAddress(.string(link)))
        return [page.title, page.text].compactMap { $0 }.joined(separator: "\n\n")
    }
}
