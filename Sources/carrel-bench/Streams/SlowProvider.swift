import Foundation
import Synchronization

/// A model provider that holds every stream open until it is told to go on, then sends each stream a token at a time.
///
/// Speaks just as much of Chat Completions as Carrel needs. A stream's tokens begin with the number that its question
/// ends with, so that an answer given to the wrong stream is seen.
final class SlowProvider: Sendable {
    private struct State {
        var openStreams = 0
        var isReleased = false
        var isStopped = false
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    /// - Parameters:
    ///   - tokens: for each stream.
    ///   - milliseconds: between two tokens of a stream.
    /// - Throws: ``BenchmarkFailure`` when it cannot listen.
    init(tokens: Int, milliseconds: Int) throws {
        (listener, port) = try LocalPort.listen(backlog: 4096)
        Thread.detachNewThread { [self] in
            var loop = SlowProviderLoop(listener: listener, tokens: tokens, interval: milliseconds)
            while !state.withLock({ $0.isStopped }) {
                loop.turn(sending: state.withLock { $0.isReleased })
                state.withLock { $0.openStreams = loop.openStreams }
            }
            loop.closeAll()
        }
    }

    /// Streams whose question has been read and whose answer has not ended.
    var openStreams: Int { state.withLock { $0.openStreams } }

    /// Tokens flow from now on.
    func release() { state.withLock { $0.isReleased = true } }

    func stop() { state.withLock { $0.isStopped = true } }
}
