import Foundation

/// When and how an ``AdaptiveVectorIndex`` becomes a graph.
public struct AdaptiveIndexOptions: Sendable, Equatable {
    /// Vectors from which on a graph is built.
    ///
    /// Measured on two cores of an EPYC (Zen 3), 384 dimensions, milliseconds of a scan and of a walk: 0.05 and 0.04 at
    /// 2,000 vectors, 0.05 to 0.08 and 0.06 at 4,000, 0.15 and 0.05 at 8,000, 0.26 and 0.08 at 16,000, 3.3 and 0.07 at
    /// 100,000.
    public static let defaultGraphFrom = 4096

    /// Vectors from which on a graph is built; an index that falls below half of it gives its graph up.
    public var graphFrom: Int
    /// Threads that link vectors, at least 1.
    public var threads: Int

    /// - Parameter threads: nil takes all processors.
    public init(graphFrom: Int = defaultGraphFrom, threads: Int? = nil) {
        self.graphFrom = max(1, graphFrom)
        self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    /// Never a graph.
    static let exact = AdaptiveIndexOptions(graphFrom: .max, threads: 1)
}
