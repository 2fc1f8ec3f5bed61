import Foundation

/// What Carrel and nginx add to the answer of a model, for one client that waits for each answer before it asks again.
struct ChatLatency {
    private static let rounds = 4
    private static let callsInRound = 100

    let provider: InstantProvider
    let carrel: Site
    let report: Report

    /// The median time of a chat beside that of the provider's own answer.
    ///
    /// - Parameter budget: milliseconds that may be added.
    /// - Throws: ``BenchmarkFailure`` when an answer is not what the provider said.
    func measure(_ name: String, in workspace: String, budget: Double) throws {
        let question = #"{"message":"When does the reading room open?","mode":"chat"}"#
        try compare(
            name, budget, direct: Call(path: Self.providerPath, body: Self.providerBody(isStreamed: false)),
            carrel: Call(path: "/api/v1/workspace/\(workspace)/chat", body: question, sign: #""type":"textResponse""#),
            time: \.total)
    }

    /// The same for the time to the first token of a stream.
    func measureFirstToken(_ name: String, in workspace: String, budget: Double) throws {
        let question = #"{"message":"When does the reading room open?","mode":"chat"}"#
        try compare(
            name, budget,
            direct: Call(path: Self.providerPath, body: Self.providerBody(isStreamed: true), mark: #""content":"#),
            carrel: Call(
                path: "/api/v1/workspace/\(workspace)/stream-chat", body: question, mark: "textResponseChunk",
                sign: "finalizeResponseStream"), time: \.first)
    }

    private struct Call {
        var path: String
        var body: String
        /// Bytes whose arrival is timed.
        var mark = ""
        /// Bytes that a right answer has.
        var sign = "reading"
    }

    private static let providerPath = "/v1/chat/completions"

    private static func providerBody(isStreamed: Bool) -> String {
        let stream = isStreamed ? #""stream":true,"# : ""
        return
            #"{"model":"instant",\#(stream)"messages":[{"role":"user","content":"When does the reading room open?"}]}"#
    }

    private func compare(
        _ name: String, _ budget: Double, direct: Call, carrel call: Call, time: (Caller.Answer) -> Double
    ) throws {
        var clients = (
            direct: try Caller(port: provider.port, key: "none"),
            carrel: try Caller(port: carrel.port, key: carrel.api.key)
        )
        defer {
            clients.direct.hangUp()
            clients.carrel.hangUp()
        }
        var times: (direct: [Double], carrel: [Double]) = ([], [])
        for round in 0...Self.rounds {
            let directly = try ask(direct, &clients.direct).map(time)
            let throughCarrel = try ask(call, &clients.carrel).map(time)
            // The first round only warms up.
            if round == 0 { continue }
            times.direct += directly
            times.carrel += throughCarrel
        }
        report.add("\(name), p50", "ms", times.carrel.median, peer: times.direct.median, named: "the provider itself")
        report.add("\(name), added p50", "ms", times.carrel.median - times.direct.median, budget: .atMost(budget))
        report.add("\(name), added p99", "ms", times.carrel.quantile(0.99) - times.direct.quantile(0.99))
    }

    private func ask(_ call: Call, _ client: inout Caller) throws -> [Caller.Answer] {
        try (0..<Self.callsInRound).map { _ in
            let answer = try client.post(call.path, call.body, mark: call.mark)
            let text = String(decoding: answer.body, as: UTF8.self)
            guard answer.status == "200", text.contains(call.sign), text.contains("reading") else {
                throw BenchmarkFailure("POST \(call.path): \(answer.status) \(text)")
            }
            return answer
        }
    }
}
