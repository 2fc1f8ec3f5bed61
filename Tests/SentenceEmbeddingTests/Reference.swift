import Glibc

/// The functions of the encoder written down in f64.
enum Reference {
    static func gelu(_ x: Double) -> Double { 0.5 * x * (1 + erf(x / 2.0.squareRoot())) }

    /// qkv (tokens, 3 × heads × headSize) to (tokens, heads × headSize).
    static func attention(_ qkv: [Float], tokens: Int, heads: Int, headSize: Int) -> [Double] {
        let width = heads * headSize
        func element(_ token: Int, _ part: Int, _ head: Int, _ i: Int) -> Double {
            Double(qkv[token * 3 * width + part * width + head * headSize + i])
        }
        var result = [Double](repeating: 0, count: tokens * width)
        for head in 0..<heads {
            for q in 0..<tokens {
                let scores = (0..<tokens).map { t in
                    (0..<headSize).reduce(0.0) { $0 + element(q, 0, head, $1) * element(t, 1, head, $1) }
                        / Double(headSize).squareRoot()
                }
                let largest = scores.max() ?? 0
                let weights = scores.map { exp($0 - largest) }
                let sum = weights.reduce(0, +)
                for i in 0..<headSize {
                    result[q * width + head * headSize + i] =
                        (0..<tokens).reduce(0.0) { $0 + weights[$1] / sum * element($1, 2, head, i) }
                }
            }
        }
        return result
    }
}
