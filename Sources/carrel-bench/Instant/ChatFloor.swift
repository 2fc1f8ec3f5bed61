/// The least that a chat costs behind the same nginx: `Peers/chat.c` with a database of its own, on the same disk, and as
/// many vectors as ``Library`` has chunks.
struct ChatFloor {
    private struct Count: Decodable {
        var rows: Int
    }

    let site: Site

    /// - Throws: ``BenchmarkFailure`` when the program does not answer behind nginx.
    init(_ bench: Workbench, provider: InstantProvider) throws {
        var source = ClusteredVectors(seed: 5000)
        let vectors = bench.path("chat.vectors")
        try PeerFile.write(source.rows(Library.chunks), to: vectors)
        site = try Site.chat(
            bench, provider: provider.port, database: "\(try bench.freshFolder("chats"))/chats.db", vectors: vectors)
    }

    /// How many chats its database holds.
    func rows() throws -> Int { try site.api.call("GET", "/api/v1/chats", as: Count.self).rows }
}
