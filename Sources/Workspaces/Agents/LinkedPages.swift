import Documents
import OrderedJSON

/// Web pages for agents by way of the links' own fetcher, and more carefully than for clients: what an agent visits is
/// the idea of a model, or of a text that it has read.
///
/// It never leads into the server's own network, whatever `COLLECTOR_ALLOW_ANY_IP` says, and hosts have names: a client
/// may write 127.0.0.1 into a link of its own (contract/documents.md quirk 18), a model may not.
struct LinkedPages: PageFetching {
    private let links = LinkFetcher(allowsAnyAddress: false)

    func page(_ link: String) async throws -> String {
        let address = try LinkAddress(.string(link))
        guard case .domain = address.url.host else {
            throw AgentToolRefusal("Only pages of hosts with a name can be read.")
        }
        let page = try await links.page(address)
        return [page.title, page.text].compactMap { $0 }.joined(separator: "\n\n")
    }
}
