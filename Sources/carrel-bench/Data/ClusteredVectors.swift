/// Unit vectors that lie in clusters, as embeddings of real texts do: 384 dimensions, 2,000 centres in 64 latent
/// dimensions with weights of Dirichlet(0.5), latent noise 0.6, noise 0.05.
///
/// Recall and speed of a search depend on such properties, so they are part of the figure.
struct ClusteredVectors {
    static let dimensions = 384
    private static let latent = 64
    private static let centreCount = 2000

    private var random: RandomSource
    /// Shape (centres, latent).
    private var centres: [Float] = []
    /// Shape (latent, dimensions).
    private var projection: [Float] = []
    /// Sums of the centres' weights up to and including each.
    private var cumulative: [Double] = []

    init(seed: UInt64) {
        random = RandomSource(seed: seed)
        centres = (0..<Self.centreCount * Self.latent).map { _ in Float(random.normal()) }
        let scale = 1 / Double(Self.latent).squareRoot()
        projection = (0..<Self.latent * Self.dimensions).map { _ in Float(random.normal() * scale) }
        // The square of a normal number has, up to a factor, the distribution gamma(1/2).
        var sum = 0.0
        cumulative = (0..<Self.centreCount).map { _ in
            let weight = random.normal()
            sum += weight * weight
            return sum
        }
    }

    /// - Returns: shape (count, dimensions), row-major; every row of unit length.
    mutating func rows(_ count: Int) -> [Float] {
        var rows: [Float] = []
        rows.reserveCapacity(count * Self.dimensions)
        var row = [Float](repeating: 0, count: Self.dimensions)
        for _ in 0..<count {
            fill(&row)
            rows += row
        }
        return rows
    }

    private mutating func fill(_ row: inout [Float]) {
        let centre = pick() * Self.latent
        for index in row.indices { row[index] = Float(0.05 * random.normal()) }
        for component in 0..<Self.latent {
            let value = centres[centre + component] + Float(0.6 * random.normal())
            let start = component * Self.dimensions
            for index in row.indices { row[index] += value * projection[start + index] }
        }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for index in row.indices { row[index] /= length }
    }

    private mutating func pick() -> Int {
        let target = random.unit() * (cumulative.last ?? 0)
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < target { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
