import Synchronization
import Testing
import TestSupport

@testable import LanguageModels

/// Further tries of busy providers (RFC 9110, section 10.2.3, `Retry-After`).
@Suite("retries", .timeLimit(.minutes(1)))
struct RetryTests {
    /// A clock that never waits and remembers what it was asked for.
    private final class Waits: Sendable {
        let seconds = Mutex<[Double]>([])

        var clock: ProviderClock {
            ProviderClock(now: { 784_111_700 }, sleep: { wait in self.seconds.withLock { $0.append(wait) } })
        }
    }

    @Test(
        "Retry-After is seconds or a date",
        arguments: [
            ("0", 0), ("17", 17), ("Sun, 06 Nov 1994 08:49:37 GMT", 77), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("", nil),
            ("-1", nil), ("soon", nil), ("1.5", nil), ("99999999999999999999", nil),
            ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Nov 1994 8:49 GMT", nil),
            ("Sun, 66 Nov 1994 08:49:37 GMT", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
        ] as [(String, Double?)])
    func retryAfter(value: String, seconds: Double?) {
        #expect(RetryAfter.seconds(value, now: 784_111_700) == seconds)
    }

    @Test("the budget bounds tries and time together")
    func budget() {
        var budget = RetryBudget()
        #expect(budget.wait(status: 500, retryAfter: "1", now: 0) == nil)
        #expect(budget.wait(status: 429, retryAfter: nil, now: 0) == nil)
        #expect(budget.wait(status: 429, retryAfter: "21", now: 0) == nil)
        #expect(budget.wait(status: 429, retryAfter: "15", now: 0) == 15)
        #expect(budget.wait(status: 503, retryAfter: "6", now: 0) == nil)
        #expect(budget.wait(status: 503, retryAfter: "5", now: 0) == 5)
        #expect(budget.wait(status: 503, retryAfter: "0", now: 0) == nil)
    }

    @Test(
        "settings change the budget",
        arguments: [
            (["ANYTHINGLLM_MAX_RETRIES": "0"], 0, 20), (["LLM_RETRY_BUDGET_MS": "1500"], 2, 1.5),
            (["ANYTHINGLLM_MAX_RETRIES": "-1", "LLM_RETRY_BUDGET_MS": "x"], 2, 20),
        ] as [([String: String], Int, Double)])
    func settings(settings: [String: String], retries: Int, seconds: Double) {
        let budget = RetryBudget(ProviderSettings { settings[$0] })
        #expect(budget.retries == retries)
        #expect(budget.seconds == seconds)
    }

    private static let busy = [ScriptedHTTPServerStep].answer(
        status: 429, headers: "Retry-After: 3\r\n", body: #"{"error":{"message":"busy"}}"#)

    @Test("a busy provider is asked again when it says when, streamed or not", arguments: [true, false])
    func again(isStreamed: Bool) async throws {
        let answered = Mutex(0)
        let server = try ScriptedHTTPServer(script: { _ in
            let count = answered.withLock { count in
                count += 1
                return count
            }
            return count < 3 ? Self.busy : .answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#)
        })
        defer { server.stop() }
        let waits = Waits()
        let model = try ProviderFixture.model("groq", server, clock: waits.clock)
        if isStreamed {
            #expect(await Outcome(model).events == [.text("x"), .finished])
        } else {
            #expect(try await model.complete(ProviderFixture.request).text == "x")
        }
        #expect(server.requests.count == 3)
        #expect(Set(server.requests.map(\.text)).count == 1)
        #expect(waits.seconds.withLock { $0 } == [3, 3])
    }

    @Test("when the budget is used up the refusal is shown")
    func usedUp() async throws {
        let server = try ScriptedHTTPServer(Self.busy)
        defer { server.stop() }
        let waits = Waits()
        let error = await Outcome(try ProviderFixture.model("groq", server, clock: waits.clock)).error
        #expect(error?.message == "429 busy")
        #expect(server.requests.count == 3)
        let once = await Outcome(
            try ProviderFixture.model("groq", server, ["ANYTHINGLLM_MAX_RETRIES": "0"], clock: waits.clock))
        #expect(once.error?.message == "429 busy")
        #expect(server.requests.count == 4)
    }

    @Test("nothing is tried again once the answer has begun")
    func begun() async throws {
        let server = try ScriptedHTTPServer(
            [ScriptedHTTPServerStep].eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")]) + [.close])
        defer { server.stop() }
        let waits = Waits()
        let outcome = await Outcome(try ProviderFixture.model("groq", server, clock: waits.clock))
        #expect(outcome.events == [.text("a")])
        #expect(outcome.error?.code == .interrupted)
        #expect(server.requests.count == 1)
        #expect(waits.seconds.withLock { $0 }.isEmpty)
    }

    @Test("a task that is cancelled while it waits asks no more")
    func cancelled() async throws {
        let server = try ScriptedHTTPServer(Self.busy)
        defer { server.stop() }
        let clock = ProviderClock(now: { 0 }, sleep: { _ in throw CancellationError() })
        let error = await Outcome(try ProviderFixture.model("groq", server, clock: clock)).error
        #expect(error?.code == .cancelled)
        #expect(server.requests.count == 1)
    }

    @Test("a signed request is signed anew with the time of its try")
    func signature() async throws {
        let server = try ScriptedHTTPServer(Self.busy)
        defer { server.stop() }
        let now = Mutex(1_772_622_002.0)
        let clock = ProviderClock(
            now: { now.withLock { $0 } }, sleep: { wait in now.withLock { $0 += wait } })
        _ = await Outcome(try ProviderFixture.model("bedrock", server, WireFormSample.converse.settings, clock: clock))
        #expect(
            server.requests.compactMap { $0.headers["x-amz-date"] } == [
                "20260304T110002Z", "20260304T110005Z", "20260304T110008Z",
            ])
        #expect(Set(server.requests.compactMap { $0.headers["authorization"] }).count == 3)
    }
}
