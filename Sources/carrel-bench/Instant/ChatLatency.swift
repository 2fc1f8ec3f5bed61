/// What Carrel and nginx add to the answer of a model, for one client that waits for each answer before it asks again,
/// beside what the least program adds that does the same.
struct ChatLatency {
    private static let rounds = 4
    private static let callsInRound = 100
    private static let providerPath = "/v1/chat/completions"
    private static let question = "When does the reading room open?"

    let provider: InstantProvider
    let carrel: Site
    let floor: ChatFloor
    let report: Report

    /// The median time of a chat beside that of the provider's own answer.
    ///
    /// - Parameter budget: milliseconds that may be added.
    /// - Throws: ``BenchmarkFailure`` when an answer is not what the provider said, or the floor kept too few.
    func measure(_ name: String, in workspace: String, budget: Double) throws {
        try compare(
            name, budget, direct: .init(path: Self.providerPath, body: Self.providerBody(isStreamed: false)),
            chat: .init(
                path: "/api/v1/workspace/\(workspace)/chat", body: Self.body, sign: #""type":"textResponse""#))
    }

    /// The same for the time to the first token of a stream.
    func measureFirstToken(_ name: String, in workspace: String, budget: Double) throws {
        try compare(
            name, budget,
            direct: .init(
                path: Self.providerPath, body: Self.providerBody(isStreamed: true), mark: #""content":"#),
            chat: .init(
                path: "/api/v1/workspace/\(workspace)/stream-chat", body: Self.body, mark: "textResponseChunk",
                sign: "finalizeResponseStream"))
    }

    private static let body = #"{"message":"\#(question)","mode":"chat"}"#

    private static func providerBody(isStreamed: Bool) -> String {
        let stream = isStreamed ? #""stream":true,"# : ""
        return #"{"model":"instant",\#(stream)"messages":[{"role":"user","content":"\#(question)"}]}"#
    }

    private func compare(_ name: String, _ budget: Double, direct: TimedCalls.Call, chat: TimedCalls.Call) throws {
        var ways = (
            direct: try TimedCalls(direct, port: provider.port, key: "none"),
            carrel: try TimedCalls(chat, port: carrel.port, key: carrel.api.key),
            floor: try TimedCalls(chat, port: floor.site.port, key: floor.site.api.key)
        )
        defer {
            ways.direct.hangUp()
            ways.carrel.hangUp()
            ways.floor.hangUp()
        }
        let rows = try floor.rows()
        for round in 0...Self.rounds {
            // They take turns, so that whatever else the machine does meets all; the first round only warms up.
            try ways.direct.ask(Self.callsInRound, isWarmUp: round == 0)
            try ways.carrel.ask(Self.callsInRound, isWarmUp: round == 0)
            try ways.floor.ask(Self.callsInRound, isWarmUp: round == 0)
        }
        try check(name, carrel: ways.carrel, floor: ways.floor, rows: try floor.rows() - rows)
        add(name, budget, direct: ways.direct.times, carrel: ways.carrel.times, floor: ways.floor.times)
    }

    /// A peer that does less than it says is none.
    private func check(_ name: String, carrel: TimedCalls, floor: TimedCalls, rows: Int) throws {
        guard rows == floor.answered else {
            throw BenchmarkFailure("\(name): the floor kept \(rows) of \(floor.answered) chats.")
        }
        // Carrel may answer less: how many passages are near enough depends on the library.
        guard Double(floor.size) > 0.9 * Double(carrel.size) else {
            throw BenchmarkFailure("\(name): the floor answers \(floor.size) bytes, Carrel \(carrel.size).")
        }
    }

    private func add(_ name: String, _ budget: Double, direct: [Double], carrel: [Double], floor: [Double]) {
        func added(_ times: [Double]) -> Double { times.median - direct.median }
        report.add("\(name), p50", "ms", carrel.median, peer: direct.median, named: "the provider itself")
        report.add("\(name), added p50", "ms", added(carrel), budget: .atMost(budget))
        report.add(
            "\(name), added p50 beside the least", "ms", added(carrel), peer: added(floor), named: "C floor")
        report.add("\(name), added p99", "ms", carrel.quantile(0.99) - direct.quantile(0.99))
    }
}
