import OrderedJSON
import TestSupport
import Testing

@Suite("Deletion in the middle, through nginx", .timeLimit(.minutes(2)))
struct DeletionTests {
    private static let gone = "The conversation was deleted while it was being answered."

    /// What is deleted: the whole workspace or the thread.
    static let targets = ["", "/thread/t1"]

    @Test("a stream is told and ends; nothing is stored", arguments: targets, Site.Scheme.allCases)
    func stream(target: String, scheme: Site.Scheme) async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        let gate = ScriptedHTTPServerGate()
        upstream.answer(
            "tell me",
            with: .eventStreamHead + ChatUpstream.piece("Once") + [.wait(gate)] + ChatUpstream.piece(" upon")
                + ChatUpstream.end)
        let site = try await Site(upstream.settings)
        let slug = try await conversation(site)
        let stream = try site.stream(
            "workspace/\(slug)/thread/t1/stream-chat", ["message": "tell me"], scheme: scheme)
        try await stream.read(until: "Once")
        #expect(try await site.request("DELETE", "workspace/\(slug)\(target)").status == 200)
        gate.open()
        let (status, _, body) = try await stream.readToEnd()
        #expect(status == 0)
        let events = try WireEvents(body)
        #expect(events.text == "Once upon")
        #expect(events.types.last == "abort")
        #expect(events.events.last?["error"] == .string(Self.gone))
        try await checkNothingLeft(site, slug, target)
    }

    @Test("a synchronous chat is refused; nothing is stored", arguments: targets)
    func chat(target: String) async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        let (asked, gate) = (ScriptedHTTPServerGate(), ScriptedHTTPServerGate())
        upstream.answer("tell me", with: [.open(asked), .wait(gate)] + ChatUpstream.whole("The end."))
        let site = try await Site(upstream.settings)
        let slug = try await conversation(site)
        async let answer = site.post("workspace/\(slug)/thread/t1/chat", ["message": "tell me"])
        await asked.opened()
        #expect(try await site.request("DELETE", "workspace/\(slug)\(target)").status == 200)
        gate.open()
        let received = try await answer
        #expect(received.status == 400)
        #expect(received.json["error"] == .string(Self.gone))
        try await checkNothingLeft(site, slug, target)
    }

    @Test("update-embeddings of a workspace that goes leaves no vector", arguments: ["workspace", "documents"])
    func embeddings(deleted: String) async throws {
        let gate = ScriptedHTTPServerGate()
        let embeddings = try EmbeddingUpstream(.gated(at: 2, gate))
        defer { embeddings.stop() }
        let site = try await Site(embeddings.settings)
        let slug = try await site.workspace("Going")
        let library = try await CrashLibrary(site, documents: 2)
        async let update = site.post("workspace/\(slug)/update-embeddings", library.adds)
        await embeddings.reached.opened()
        if deleted == "workspace" {
            #expect(try await site.request("DELETE", "workspace/\(slug)").status == 200)
        } else {
            let names: JSONValue = ["names": .array(library.docpaths.map(JSONValue.string))]
            let removed = try await site.request(
                "DELETE", "system/remove-documents", headers: ["Content-Type: application/json"], body: names.text)
            #expect(removed.status == 200)
        }
        gate.open()
        let status = try await update.status
        #expect(status == (deleted == "workspace" ? 400 : 200))
        #expect(try await site.get("system/vector-count").body == #"{"vectorCount":0}"#)
        #expect(try await library.held(site, slug).isEmpty)
        // The slug is free again, and everything can be done once more.
        if deleted == "workspace" {
            #expect(try await site.workspace("Going") == slug)
            #expect(try await site.post("workspace/\(slug)/update-embeddings", library.adds).status == 200)
            #expect(try await library.checkAgreement(site, slug) == library.docpaths)
        }
    }

    /// A workspace with a thread `t1`.
    private func conversation(_ site: Site) async throws -> String {
        let slug = try await site.workspace("Going", provider: "generic-openai")
        #expect(try await site.post("workspace/\(slug)/thread/new", ["slug": "t1"]).status == 200)
        return slug
    }

    private func checkNothingLeft(_ site: Site, _ slug: String, _ target: String) async throws {
        #expect(try await site.get("workspace/\(slug)/thread/t1/chats").status == 404)
        let chats = try await site.get("workspace/\(slug)/chats")
        #expect(target.isEmpty ? chats.status == 400 : chats.body == #"{"history":[]}"#)
        #expect(try await site.get("workspaces").status == 200)
    }
}
