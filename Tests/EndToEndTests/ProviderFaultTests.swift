import Foundation
import OrderedJSON
import TestSupport
import Testing

@Suite("Providers that are not what they should be", .timeLimit(.minutes(3)))
struct ProviderFaultTests {
    typealias Steps = [ScriptedHTTPServerStep]

    /// What a provider does, and what a client is told of it; the message of the chat is its name.
    private struct Fault {
        var name: String
        var provider = "generic-openai"
        var steps: Steps = []
        /// Types of the events of the stream.
        var events = ["abort"]
        /// Text in the abort object or event, of the stream and of the whole answer.
        var error: String
        var wholeError: String?
        /// What of the stream is stored.
        var stored: String?
    }

    private static let words = "hunter2 of the provider"

    private static let faults = plainFaults + (SelfSignedServer.hasPrograms ? [selfSigned] : [])

    private static let selfSigned = Fault(
        name: "a certificate of nobody", provider: "koboldcpp", error: "Connection error.")

    private static let plainFaults = [
        Fault(
            name: "a web page", steps: .answer(type: "text/html", body: "<html>\(words)</html>"),
            error: "The provider answered with a web page instead of a stream.",
            wholeError: "The provider's answer is not JSON"),
        Fault(
            name: "an error page", steps: .answer(status: 502, type: "text/html", body: "<html>\(words)</html>"),
            error: "502 <html>\(words)</html>"),
        Fault(
            name: "a huge event",
            steps: .eventStreamHead + ChatUpstream.piece("a")
                + (0..<10).flatMap { _ in Steps.chunk(String(repeating: "x", count: 1 << 20)) } + [.stall],
            events: ["textResponseChunk", "abort", "finalizeResponseStream"],
            error: "The provider sent an event of more than",
            wholeError: "", stored: "a"),
        Fault(
            name: "no JSON in the middle",
            steps: .eventStreamHead + ChatUpstream.piece("b") + .chunk("data: {\"choices\":[\n\n") + ChatUpstream.end,
            events: ["textResponseChunk", "abort", "finalizeResponseStream"], error: "not JSON", wholeError: "not JSON",
            stored: "b"),
        Fault(
            name: "a redirect", steps: .answer(status: 307, headers: "Location: http://127.0.0.1:1/\r\n", body: ""),
            error: "307 status code (no body)"),
        Fault(
            name: "silence", steps: .eventStreamHead + ChatUpstream.piece("c") + [.stall],
            events: ["textResponseChunk", "abort", "finalizeResponseStream"], error: "Request timed out.",
            wholeError: "",
            stored: "c"),
        Fault(name: "nobody", steps: [.close], error: "Connection error."),
        Fault(name: "no listener", provider: "localai", error: "Connection error."),
        Fault(name: "no such host", provider: "litellm", error: "Connection error."),
    ]

    @Test("each is told to the client, logged in one line without secrets, and leaves nothing behind")
    func faults() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        for fault in Self.faults { upstream.answer(fault.name, with: fault.steps) }
        let untrusted = SelfSignedServer.hasPrograms ? try await SelfSignedServer() : nil
        let site = try await Site(
            upstream.settings.merging([
                "LLM_IDLE_TIMEOUT_MS": "60", "ANYTHINGLLM_FETCH_TIMEOUT": "20000",
                "LOCAL_AI_BASE_PATH": "https://127.0.0.1:\(try FreePort.next())/v1", "LOCAL_AI_MODEL_PREF": "m",
                "LITE_LLM_BASE_PATH": "http://provider.invalid/v1", "LITE_LLM_MODEL_PREF": "m",
                "KOBOLD_CPP_BASE_PATH": "https://localhost:\(untrusted?.port ?? 1)/v1", "KOBOLD_CPP_MODEL_PREF": "m",
                // A resolver without network takes its time.
                "LLM_CONNECT_TIMEOUT_MS": "60000", "LITE_LLM_API_KEY": "sk-other-secret", "CARREL_IDLE_SECONDS": "1",
            ]) { $1 })
        // The first round makes what stays: threads, connections to the database, pools.
        for fault in Self.faults { try await check(fault, site) }
        let before = try Self.held(by: site)
        for _ in 0..<3 { for fault in Self.faults { try await check(fault, site) } }
        let after = try await Retry.until("nothing more than before: \(before)") { () async throws -> [Int]? in
            // Each look lets the server do its own work.
            _ = try await site.get("auth")
            let now = try Self.held(by: site)
            return zip(now, before).allSatisfy { $0 <= $1 } ? now : nil
        }
        #expect(after.allSatisfy { $0 > 0 })
        checkLog(site)
        await untrusted?.stop()
    }

    private func check(_ fault: Fault, _ site: Site) async throws {
        let slug = try await site.workspace(fault.name, provider: fault.provider)
        let streamed = try WireEvents(
            try await site.post("workspace/\(slug)/stream-chat", ["message": .string(fault.name)]).body)
        #expect(streamed.types == fault.events, "\(fault.name)")
        let abort = streamed.events.first { $0["type"] == "abort" }
        #expect(abort?["error"]?.stringValue?.contains(fault.error) == true, "\(fault.name): \(abort?.text ?? "")")
        let history = try await site.history(slug).map(\.content)
        #expect(history == (fault.stored.map { [fault.name, $0] } ?? []), "\(fault.name)")
        // Answers that never end would take the time of a whole call.
        if fault.wholeError == "" { return }
        let whole = try await site.post("workspace/\(slug)/chat", ["message": .string(fault.name)])
        #expect(whole.status == 500, "\(fault.name)")
        #expect(whole.json.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
        let error = whole.json["error"]?.stringValue ?? ""
        #expect(error.contains(fault.wholeError ?? fault.error), "\(fault.name): \(error)")
    }

    private func checkLog(_ site: Site) {
        let lines = site.log.split(separator: "\n").filter { $0.contains("chat failed") }
        let chats = Self.faults.map { $0.wholeError == "" ? 1 : 2 }.reduce(0, +)
        #expect(lines.count == 4 * chats)
        for secret in ["sk-upstream-secret", "sk-other-secret", site.key, "hunter2"] + Self.faults.map(\.name) {
            #expect(!lines.contains { $0.contains(secret) }, "\(secret)")
        }
    }

    /// Open descriptors and threads of the server (proc(5)). That no task is left is tested where tasks can be seen,
    /// in the API's own tests.
    private static func held(by site: Site) throws -> [Int] {
        try ["fd", "task"].map {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/\(site.server.identifier)/\($0)").count
        }
    }
}
