import Testing

@testable import HummingbirdFastCGI

struct PoolSizeTests {
    private struct Step {
        let event: PoolSize.Event
        let action: PoolSize.Action
        let threads: Int
        let idle: Int

        init(_ event: PoolSize.Event, _ action: PoolSize.Action, _ threads: Int, _ idle: Int) {
            (self.event, self.action, self.threads, self.idle) = (event, action, threads, idle)
        }
    }

    private struct Case {
        let limits: PoolSize.Limits
        let steps: [Step]
    }

    private static let cases = [
        Case(
            limits: .init(minimum: 1, maximum: 2),
            steps: [
                Step(.becameBusy, .grow, 2, 1), Step(.becameBusy, .warnSaturated, 2, 0),
                Step(.becameIdle, .none, 2, 1), Step(.becameBusy, .warnSaturated, 2, 0),
            ]),
        Case(
            limits: .init(minimum: 8, maximum: 8),
            steps: (1...7).map { Step(.becameBusy, .none, 8, 8 - $0) } + [
                Step(.becameBusy, .warnSaturated, 8, 0),
                // One idle thread of eight does not end the episode.
                Step(.becameIdle, .none, 8, 1), Step(.becameBusy, .none, 8, 0),
                // Two of eight do.
                Step(.becameIdle, .none, 8, 1), Step(.becameIdle, .none, 8, 2), Step(.becameBusy, .none, 8, 1),
                Step(.becameBusy, .warnSaturated, 8, 0),
            ]),
        Case(
            limits: .init(minimum: 1, maximum: 4),
            steps: [
                Step(.waitedInVain, .none, 1, 1), Step(.becameBusy, .grow, 2, 1),
                // The last idle thread stays, or the next request would start one again.
                Step(.waitedInVain, .none, 2, 1), Step(.becameIdle, .none, 2, 2),
                Step(.waitedInVain, .endThread, 1, 1),
            ]),
        Case(
            limits: .init(minimum: 1, maximum: 4),
            steps: [Step(.becameBusy, .grow, 2, 1), Step(.failedToGrow, .none, 1, 0)]),
        Case(
            limits: .init(minimum: 65_536, maximum: 65_536),
            steps: [Step(.becameBusy, .none, 65_536, 65_535)]),
    ]

    @Test("events lead to the expected size and action", arguments: cases.indices)
    func transitions(index: Int) {
        let limits = Self.cases[index].limits
        var size = PoolSize(limits)
        for (number, step) in Self.cases[index].steps.enumerated() {
            #expect(size.handle(step.event, limits) == step.action, "step \(number)")
            #expect(size.threads == step.threads, "step \(number)")
            #expect(size.idle == step.idle, "step \(number)")
            #expect(PoolSize(rawValue: size.rawValue) == size, "step \(number)")
        }
    }
}
