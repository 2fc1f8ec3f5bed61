import OrderedJSON
import TestSupport
import Testing

@Suite("Another embedder after a restart", .timeLimit(.minutes(3)))
struct ReembeddingTests {
    private static let documents = 3

    /// A workspace with documents, and what a search of it answers.
    private struct Filled {
        let site: Site
        let slug: String
        let library: CrashLibrary
        let before: [JSONValue]

        init(_ site: Site) async throws {
            self.site = site
            slug = try await site.workspace("Anew")
            library = try await CrashLibrary(site, documents: ReembeddingTests.documents)
            #expect(try await site.post("workspace/\(slug)/update-embeddings", library.adds).status == 200)
            before = try await ReembeddingTests.results(site, slug)
            #expect(before.count >= ReembeddingTests.documents)
        }

        func now() async throws -> [JSONValue] { try await ReembeddingTests.results(site, slug) }

        /// The first answer that is another one: no chunk of it was there before, and every document is in it.
        func exchanged() async throws -> [JSONValue] {
            let after = try await Retry.until("the new vectors") { () async throws -> [JSONValue]? in
                let found = try await now()
                return found == before ? nil : found
            }
            let (old, new) = (ReembeddingTests.values("id", before), ReembeddingTests.values("id", after))
            #expect(old.isDisjoint(with: new) && new.count == after.count)
            #expect(ReembeddingTests.titles(after) == ReembeddingTests.titles(before))
            #expect(ReembeddingTests.values("distance", after) != ReembeddingTests.values("distance", before))
            return after
        }
    }

    private static func results(_ site: Site, _ slug: String) async throws -> [JSONValue] {
        let search: JSONValue = ["query": "paragraph", "topN": 1000, "scoreThreshold": 0]
        let answer = try await site.post("workspace/\(slug)/vector-search", search)
        #expect(answer.status == 200)
        return answer.json["results"]?.arrayValue ?? []
    }

    private static func values(_ key: String, _ results: [JSONValue]) -> Set<String> {
        Set(results.map { $0[key]?.text ?? "" })
    }

    private static func titles(_ results: [JSONValue]) -> Set<String> {
        Set(results.map { $0["metadata"]?["title"]?.stringValue ?? "" })
    }

    @Test("searches answer from the old vectors until all new ones are there, then from the new ones")
    func exchange() async throws {
        let gate = ScriptedHTTPServerGate()
        let old = try EmbeddingUpstream()
        let new = try EmbeddingUpstream(.gated(at: 5, gate), model: EmbeddingUpstream.otherModel)
        defer { for upstream in [old, new] { upstream.stop() } }
        let filled = try await Filled(try await Site(old.settings))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(new.settings)
        await new.reached.opened()
        #expect(try await filled.now() == filled.before)
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
        let queries = new.sizes(of: EmbeddingUpstream.model)
        #expect(!queries.isEmpty && queries.allSatisfy { $0 == 1 }, "the old model is asked for queries")
        gate.open()
        #expect(try await filled.exchanged().count == filled.before.count)
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
        #expect(new.sizes(of: EmbeddingUpstream.otherModel).count { $0 > 1 } == Self.documents * CrashLibrary.batches)
        // A further start has nothing to do.
        let asked = new.sizes(of: EmbeddingUpstream.otherModel).count
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(new.settings)
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
        #expect(new.sizes(of: EmbeddingUpstream.otherModel).dropFirst(asked).allSatisfy { $0 == 1 })
    }

    @Test("a server that is killed in the middle goes on with what is left", arguments: [1, 3, 5, 9])
    func killed(batch: Int) async throws {
        let old = try EmbeddingUpstream()
        let failing = try EmbeddingUpstream(.waiting(at: batch), model: EmbeddingUpstream.otherModel)
        let sound = try EmbeddingUpstream(model: EmbeddingUpstream.otherModel)
        defer { for upstream in [old, failing, sound] { upstream.stop() } }
        let filled = try await Filled(try await Site(old.settings))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(failing.settings)
        await failing.reached.opened()
        #expect(try await filled.now() == filled.before)
        #expect(await filled.site.server.crash() == 137)
        try await filled.site.restart(sound.settings)
        #expect(try await filled.exchanged().count == filled.before.count)
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
        let done = (batch - 1) / CrashLibrary.batches
        let left = (Self.documents - done) * CrashLibrary.batches
        #expect(sound.sizes(of: EmbeddingUpstream.otherModel).count { $0 > 1 } == left)
    }

    @Test("a remote embedder takes the place of the native one, with chunks of its own length")
    func remote() async throws {
        let gate = ScriptedHTTPServerGate()
        let upstream = try EmbeddingUpstream(.gated(at: 4, gate))
        defer { upstream.stop() }
        let filled = try await Filled(try await Site(usesModel: true))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(upstream.settings)
        await upstream.reached.opened()
        #expect(try await filled.now() == filled.before)
        gate.open()
        #expect(try await filled.exchanged().count > filled.before.count)
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
    }

    @Test("vectors of int8 take the place of those of int16")
    func precision() async throws {
        let filled = try await Filled(try await Site(usesModel: true))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(["EMBEDDING_PRECISION": "int8"])
        #expect(try await filled.exchanged().count == filled.before.count)
    }

    @Test("a model that was replaced under its old name is told, and embedded anew after a restart")
    func replaced() async throws {
        let old = try EmbeddingUpstream()
        let successor = try EmbeddingUpstream(answering: EmbeddingUpstream.otherModel)
        defer { for upstream in [old, successor] { upstream.stop() } }
        let filled = try await Filled(try await Site(old.settings))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(successor.settings)
        let chat = try await filled.site.post("workspace/\(filled.slug)/chat", ["message": "paragraph"])
        #expect(chat.body.contains("makes vectors of 5 dimensions; those that are stored have 8"))
        #expect(filled.site.log.contains("makes vectors of other dimensions than before"))
        #expect(await filled.site.server.stop() == 0)
        try await filled.site.restart(successor.settings)
        let after = try await Retry.until("the new vectors") { () async throws -> [JSONValue]? in
            let answer = try await filled.site.post(
                "workspace/\(filled.slug)/vector-search", ["query": "paragraph", "topN": 1000, "scoreThreshold": 0])
            let found = answer.json["results"]?.arrayValue ?? []
            return found.count == filled.before.count ? found : nil
        }
        #expect(Self.values("id", after).isDisjoint(with: Self.values("id", filled.before)))
        #expect(try await filled.library.checkAgreement(filled.site, filled.slug) == filled.library.docpaths)
    }
}
