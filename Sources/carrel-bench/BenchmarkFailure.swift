/// A benchmark that cannot go on, in words for whoever started it.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
