import SentenceEmbedding

/// The rounds of ``OnnxPeer``: the first tries every way, the others repeat what counts.
struct OnnxContest {
    struct Result {
        var way: OnnxPeer.Way
        /// Passages per second, the median of all rounds.
        var rate: Double
        /// Smallest cosine to Carrel's vectors of fp32.
        var cosine: Double
    }

    /// Those that onnxruntime has too.
    private let precisions = [EmbeddingPrecision.fp32, .int8].map(\.rawValue)
    private let peer: OnnxPeer
    private var measurements: [OnnxPeer.Way: [OnnxPeer.Measurement]] = [:]
    /// For each precision the fastest way of the first round.
    private var best: [String: OnnxPeer.Way] = [:]
    /// For each precision the faster attention in the batches of the reference program.
    private var reference: [String: OnnxPeer.Way] = [:]

    init(python: String, _ bench: Workbench, _ ids: [[Int32]], threads: Int) throws {
        peer = try OnnxPeer(python: python, bench, ids, threads: threads)
    }

    /// - Parameter vectors: Carrel's of fp32.
    mutating func compete(_ vectors: [[Float]]) throws {
        let isFirst = measurements.isEmpty
        let ways = isFirst ? precisions.flatMap(OnnxPeer.Way.all) : Array(Set(best.values).union(reference.values))
        for (way, measurement) in try peer.measure(ways, equalTo: vectors) {
            measurements[way, default: []].append(measurement)
        }
        guard isFirst else { return }
        for precision in precisions {
            let ways = OnnxPeer.Way.all(precision)
            best[precision] = fastest(ways)
            reference[precision] = fastest(ways.filter { !$0.isSorted })
        }
    }

    func best(_ precision: String) -> Result? { best[precision].flatMap(result) }

    /// In batches of the reference program's length, in the order of the texts.
    func reference(_ precision: String) -> Result? { reference[precision].flatMap(result) }

    private func fastest(_ ways: [OnnxPeer.Way]) -> OnnxPeer.Way? {
        ways.max { (result($0)?.rate ?? 0) < (result($1)?.rate ?? 0) }
    }

    private func result(_ way: OnnxPeer.Way) -> Result? {
        guard let all = measurements[way], let cosine = all.map(\.cosine).min() else { return nil }
        return Result(way: way, rate: all.map(\.passagesPerSecond).median, cosine: cosine)
    }
}
