/// Which addresses belong to the public internet.
///
/// The server fetches for its clients, and what only the server can reach is not theirs to see: its own machine, its
/// network, the metadata service of its cloud. The blocks are those of IANA's special-purpose registries (RFC 6890)
/// that are not globally reachable, with one that clouds add.
enum AddressBlocks {
    static func isPublic(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let bits): !special4.contains { $0.contains(bits) }
        case .v6(let pieces): isPublic(pieces)
        }
    }

    private struct Block4 {
        let base: UInt32
        let length: UInt32

        /// - Parameter parts: the four numbers of the first address.
        init(_ parts: (UInt32, UInt32, UInt32, UInt32), _ length: UInt32) {
            base = parts.0 << 24 | parts.1 << 16 | parts.2 << 8 | parts.3
            self.length = length
        }

        func contains(_ bits: UInt32) -> Bool { (bits ^ base) >> (32 - length) == 0 }
    }

    private static let special4 = [
        Block4((0, 0, 0, 0), 8),  // this network: 0.0.0.0 reaches the machine itself
        Block4((10, 0, 0, 0), 8),  // private
        Block4((100, 64, 0, 0), 10),  // shared by carriers; 100.100.100.200 is a metadata service
        Block4((127, 0, 0, 0), 8),  // loopback
        Block4((168, 63, 129, 16), 32),  // Azure's machine agent, in a public block but of the machine's own host
        Block4((169, 254, 0, 0), 16),  // link-local, with the metadata services of most clouds
        Block4((172, 16, 0, 0), 12),  // private
        Block4((192, 0, 0, 0), 24),  // protocol assignments; 192.0.0.192 is a metadata service
        Block4((192, 0, 2, 0), 24),  // documentation
        Block4((192, 88, 99, 0), 24),  // relays of 6to4
        Block4((192, 168, 0, 0), 16),  // private
        Block4((198, 18, 0, 0), 15),  // benchmarks
        Block4((198, 51, 100, 0), 24),  // documentation
        Block4((203, 0, 113, 0), 24),  // documentation
        Block4((224, 0, 0, 0), 4),  // multicast
        Block4((240, 0, 0, 0), 4),  // reserved, and broadcast
    ]

    /// Of version 6 only 2000::/3 is handed out at all, so everything else is refused: unspecified, loopback, unique
    /// local (fd00:ec2::254 is a metadata service), link-local, site-local, multicast. Where an address of version 4
    /// stands inside, that one counts; tunnels are refused.
    private static func isPublic(_ pieces: SIMD8<UInt16>) -> Bool {
        let last = IPAddress.v4(UInt32(pieces[6]) << 16 | UInt32(pieces[7]))
        let front = (0..<6).map { pieces[$0] }
        if front == [0, 0, 0, 0, 0, 0xFFFF] { return isPublic(last) }  // IPv4-mapped
        if front == [0x64, 0xFF9B, 0, 0, 0, 0] { return isPublic(last) }  // NAT64 with the well-known prefix
        guard pieces[0] >> 13 == 1 else { return false }
        let isSpecial =
            pieces[0] == 0x2002  // 6to4
            || pieces[0] == 0x2001 && pieces[1] < 0x200  // protocol assignments, Teredo among them
            || pieces[0] == 0x2001 && pieces[1] == 0xDB8  // documentation
            || pieces[0] == 0x3FFF && pieces[1] < 0x1000  // documentation
        return !isSpecial
    }
}
