/// Decides where a link may lead (`contract/documents.md` 8.1, quirk 18).
///
/// Each URL on the way is asked about: the link itself and every redirect. The answer is the addresses that the
/// connection must go to, so that nobody asks the resolver a second time.
struct LinkGuard: Sendable {
    let resolver: any HostResolver
    /// `COLLECTOR_ALLOW_ANY_IP` is `true`: the client may reach whatever the server can.
    let allowsAnyAddress: Bool

    /// - Parameters:
    ///   - url: where the next request would go.
    ///   - link: what the client asked for.
    /// - Returns: at least one address.
    /// - Throws: ``LinkRefusal/invalidURL`` when one of its addresses is not public; `noContent` when it has none.
    func addresses(of url: WebURL, link: LinkAddress) async throws(LinkRefusal) -> [IPAddress] {
        guard !Self.unsafePorts.contains(url.effectivePort) else { throw .invalidURL }
        let found: [IPAddress]
        switch url.host {
        case .address(let address):
            if Self.isOwnMachine(address), url.hasSameOrigin(as: link.url) { return [address] }
            found = [address]
        case .domain(let name):
            found = Self.isLoopbackName(name) ? [.v4(0x7F00_0001)] : await resolver.addresses(of: name)
        }
        guard !found.isEmpty else { throw .noContent(link: link.text) }
        guard allowsAnyAddress || found.allSatisfy({ AddressBlocks.isPublic($0) }) else { throw .invalidURL }
        return found
    }

    /// What no resolver needs to be asked about (RFC 6761).
    private static func isLoopbackName(_ name: String) -> Bool {
        let name = name.hasSuffix(".") ? name.dropLast() : name[...]
        return name == "localhost" || name.hasSuffix(".localhost")
    }

    /// The two literals that a client may write itself, and that nothing else may lead to.
    private static func isOwnMachine(_ address: IPAddress) -> Bool {
        address == .v4(0x7F00_0001) || address == .v4(0)
    }

    /// Ports of services that would take a request of HTTP for one of their own (WHATWG Fetch, "bad port").
    private static let unsafePorts: Set<Int> = [
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
        109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
        530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045,
        4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    ]
}
