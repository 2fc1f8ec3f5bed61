import OrderedJSON
import TestSupport
import Testing

@Suite("Embedding jobs behind nginx", .timeLimit(.minutes(3)))
struct JobCrashTests {
    private static let documents = 60

    /// Stores documents of one chunk each, whose only common word is `passage`.
    private func library(_ site: Site) async throws -> [String] {
        var docpaths: [String] = []
        for number in 0..<Self.documents {
            docpaths.append(try await site.document("job-\(number).txt", "This is passage \(number) of sixty."))
        }
        return docpaths
    }

    /// The state of a job and the number of its documents that are done.
    private func job(_ site: Site, _ id: String) async throws -> JSONValue {
        try await site.get("jobs/\(id)").json["job"] ?? .null
    }

    private func start(_ site: Site, _ slug: String, _ docpaths: [String]) async throws -> String {
        let body: JSONValue = ["adds": .array(docpaths.map(JSONValue.string))]
        let answer = try await site.request(
            "POST", "workspace/\(slug)/update-embeddings",
            headers: ["Content-Type: application/json", "Prefer: respond-async"], body: body.text)
        #expect(answer.status == 202)
        let id = answer.json["job"]?["id"]?.stringValue ?? ""
        #expect(answer.header("Location")?.hasSuffix("/api/v1/jobs/\(id)") == true)
        return id
    }

    @Test("a job whose server is killed again and again ends with every document searchable exactly once")
    func kills() async throws {
        let upstreams =
            try (0..<3).map { try EmbeddingUpstream(.waiting(at: [7, 13, 24][$0])) } + [EmbeddingUpstream()]
        defer { for upstream in upstreams { upstream.stop() } }
        let site = try await Site(upstreams[0].settings)
        let slug = try await site.workspace("Jobs")
        let docpaths = try await library(site)
        let id = try await start(site, slug, docpaths)
        var done = 0
        for round in 0..<3 {
            await upstreams[round].reached.opened()
            #expect(await site.server.crash() == 137)
            try await site.restart(upstreams[round + 1].settings)
            let embedded = try await job(site, id)["documents"]?["embedded"]?.integerValue ?? -1
            #expect(embedded > done)
            done = embedded
        }
        let stream = try site.events(of: id)
        let (status, _, body) = try await stream.readToEnd()
        #expect(status == 0)
        let events = try WireEvents(body)
        #expect(events.types.last == "end")
        #expect(events.events.last?["job"]?["documents"]?["embedded"] == JSONValue(Self.documents))
        #expect(try await job(site, id)["state"] == "completed")
        try await checkOnce(site, slug, docpaths)
    }

    /// Documents, vectors and search results agree that each document is there once.
    private func checkOnce(_ site: Site, _ slug: String, _ docpaths: [String]) async throws {
        let workspace = try await site.get("workspace/\(slug)").json["workspace"]?[0]
        let held = workspace?["documents"]?.arrayValue?.compactMap { $0["docpath"]?.stringValue } ?? []
        #expect(held.count == docpaths.count && Set(held) == Set(docpaths))
        #expect(try await site.get("system/vector-count").json == ["vectorCount": JSONValue(docpaths.count)])
        let search: JSONValue = ["query": "passage", "topN": 1000, "scoreThreshold": 0]
        let results = try await site.post("workspace/\(slug)/vector-search", search).json["results"]?.arrayValue ?? []
        #expect(results.count == docpaths.count)
        #expect(Set(results.map { $0["metadata"]?["title"]?.stringValue }).count == docpaths.count)
    }

    @Test("a server that stops pauses its jobs, tells who listens, and goes on after the next start")
    func stop() async throws {
        let (held, sound) = (try EmbeddingUpstream(.waiting(at: 5)), try EmbeddingUpstream())
        defer { for upstream in [held, sound] { upstream.stop() } }
        let site = try await Site(held.settings)
        let slug = try await site.workspace("Paused")
        let docpaths = try await library(site)
        let id = try await start(site, slug, docpaths)
        await held.reached.opened()
        let stream = try site.events(of: id)
        try await stream.read(until: #""type":"status""#)
        #expect(await site.server.stop() == 0)
        let (status, _, body) = try await stream.readToEnd()
        #expect(status == 0)
        #expect(try WireEvents(body).types.last == "paused")
        try await site.restart(sound.settings)
        _ = try await site.events(of: id).readToEnd()
        #expect(try await job(site, id)["state"] == "completed")
        try await checkOnce(site, slug, docpaths)
    }

    @Test("a job that is cancelled while it waits for the provider is left at once")
    func cancel() async throws {
        let held = try EmbeddingUpstream(.waiting(at: 3))
        defer { held.stop() }
        let site = try await Site(held.settings.merging(["CARREL_JOB_WORKERS": "1"]) { $1 })
        let slug = try await site.workspace("Cancelled")
        let docpaths = try await library(site)
        let id = try await start(site, slug, docpaths)
        await held.reached.opened()
        let stream = try site.events(of: id)
        try await stream.read(until: #""type":"status""#)
        #expect(try await site.request("DELETE", "jobs/\(id)").json["job"]?["state"] == "cancelled")
        let body = try await stream.readToEnd().body
        #expect(try WireEvents(body).events.last?["job"]?["documents"]?["embedded"] == 2)
        // The worker is free again.
        let next = try await start(site, slug, [docpaths[10]])
        _ = try await site.events(of: next).readToEnd()
        #expect(try await job(site, next)["state"] == "completed")
    }
}

extension Site {
    /// Listens to a job.
    fileprivate func events(of job: String) throws -> EventStream {
        try EventStream(nginx, "/api/v1/jobs/\(job)/events", headers: [authorization], body: nil, scheme: .http)
    }
}
