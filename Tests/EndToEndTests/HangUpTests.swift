import OrderedJSON
import TestSupport
import Testing

@Suite("A client that hangs up", .timeLimit(.minutes(2)))
struct HangUpTests {
    @Test("in a stream stops the provider, and what was answered is kept", arguments: Site.Scheme.allCases)
    func inAStream(scheme: Site.Scheme) async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        upstream.answer("tell me", with: .eventStreamHead + ChatUpstream.piece("Once upon") + [.stall])
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Left early", provider: "generic-openai")
        let stream = try site.stream("workspace/\(slug)/stream-chat", ["message": "tell me"], scheme: scheme)
        try await stream.read(until: "Once upon")
        await stream.hangUp()
        await upstream.server.clientIsGone.opened()
        #expect(try await site.history(slug, count: 2) == ["tell me", "Once upon"])
    }

    @Test("before the first token stops the provider, and nothing is kept")
    func beforeTheFirstToken() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        let asked = ScriptedHTTPServerGate()
        upstream.answer("tell me", with: [.open(asked), .stall])
        upstream.answer("and now", with: .eventStreamHead + ChatUpstream.piece("Now") + ChatUpstream.end)
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Left at once", provider: "generic-openai")
        let stream = try site.stream("workspace/\(slug)/stream-chat", ["message": "tell me"])
        await asked.opened()
        await stream.hangUp()
        await upstream.server.clientIsGone.opened()
        _ = try await site.post("workspace/\(slug)/stream-chat", ["message": "and now"])
        #expect(try await site.history(slug).map(\.content) == ["and now", "Now"])
    }

    @Test("in a synchronous chat changes nothing: the answer is completed and stored")
    func inASynchronousChat() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        let (asked, gate) = (ScriptedHTTPServerGate(), ScriptedHTTPServerGate())
        upstream.answer("tell me", with: [.open(asked), .wait(gate)] + ChatUpstream.whole("The end."))
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Left and stored", provider: "generic-openai")
        let chat = try site.stream("workspace/\(slug)/chat", ["message": "tell me"])
        await asked.opened()
        await chat.hangUp()
        // The one worker of nginx takes events in turn: when this is answered, it has seen the hang-up before.
        #expect(try await site.nginx.request("GET", "/api/ping", scheme: .http).status == 200)
        gate.open()
        #expect(try await site.history(slug, count: 2) == ["tell me", "The end."])
    }

    @Test("in update-embeddings changes nothing: the documents are embedded")
    func inUpdateEmbeddings() async throws {
        let embeddings = try EmbeddingUpstream(.answered(1))
        defer { embeddings.stop() }
        let site = try await Site(embeddings.settings)
        let slug = try await site.workspace("Left and embedded")
        let library = try await CrashLibrary(site, documents: 2)
        let update = try site.stream("workspace/\(slug)/update-embeddings", library.adds)
        await embeddings.reached.opened()
        await update.hangUp()
        let held = try await Retry.until("two documents") {
            let held = try await library.held(site, slug)
            return held.count == 2 ? held : nil
        }
        #expect(held == library.docpaths)
    }

    @Test("in an upload ends its conversion, nothing is stored, and the same request can be made again")
    func inAnUpload() async throws {
        let site = try await Site()
        let upload = try Self.upload(ConverterProcess.longWork, to: site)
        let converter = try await ConverterProcess.held(by: site, program: "perl")
        defer { converter.kill() }
        await upload.hangUp()
        // It is stopped: only the server can have ended it.
        try await converter.ended(site)
        // The place among the conversions is free, and so is the key once the server has taken note.
        let again = try await Retry.until("an answer to the same key") {
            let answer = try await Self.upload("{\\rtf1 tide}", to: site).readToEnd()
            return answer.head.contains("409 Conflict") ? nil : answer
        }
        #expect(again.body.contains(#""pageContent":"tide""#))
        #expect(again.head.contains("200 OK"))
        let folders = try await site.get("documents").json["localFiles"]?["items"]?.arrayValue ?? []
        #expect(folders.flatMap { $0["items"]?.arrayValue ?? [] }.count == 1)
        #expect(!site.log.contains("request failed"))
    }

    /// Sends a file under an idempotency key that is the same each time.
    private static func upload(_ text: String, to site: Site) throws -> EventStream {
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"tide.rtf\""
        return try EventStream(
            site.nginx, "/api/v1/document/upload",
            headers: [
                site.authorization, "Content-Type: multipart/form-data; boundary=part", "Idempotency-Key: hang-up",
            ],
            body: "--part\r\n\(head)\r\n\r\n\(text)\r\n--part--\r\n", scheme: .http)
    }

    @Test("while a link is fetched stops the fetching, and nothing is stored")
    func inAFetch() async throws {
        let asked = ScriptedHTTPServerGate()
        let web = try ScriptedHTTPServer([.open(asked), .stall])
        defer { web.stop() }
        let site = try await Site(["COLLECTOR_ALLOW_ANY_IP": "true"])
        let upload = try site.stream("document/upload-link", ["link": .string(web.base)])
        await asked.opened()
        await upload.hangUp()
        await web.clientIsGone.opened()
        let folders = try await site.get("documents").json["localFiles"]?["items"]?.arrayValue ?? []
        #expect(folders.allSatisfy { $0["items"] == [] })
        #expect(!site.log.contains("request failed"))
    }
}
