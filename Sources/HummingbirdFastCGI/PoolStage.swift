import Synchronization

/// How far a pool's stop has got; goes forward only.
final class PoolStage: Sendable {
    enum Stage: UInt8, Comparable {
        case running
        /// Nothing new is accepted; requests in flight go on.
        case draining
        /// Streams are asked to end.
        case cancellingStreams
        /// Connections are shut down and every handler is cancelled.
        case shutDown

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    private let value = Atomic(Stage.running.rawValue)

    var current: Stage {
        Stage(rawValue: value.load(ordering: .sequentiallyConsistent)) ?? .shutDown
    }

    func advance(to stage: Stage) {
        value.max(stage.rawValue, ordering: .sequentiallyConsistent)
    }

    var cancelsStreams: Bool { current >= .cancellingStreams }
    var cancelsEverything: Bool { current >= .shutDown }
}
