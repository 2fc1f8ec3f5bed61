/// How well a mode finds the passages that answer the questions asked.
struct RetrievalScore {
    private(set) var questions = 0
    private var found = 0.0
    private var reciprocals = 0.0

    /// - Parameters:
    ///   - places: of the right passages in the results, from 1.
    ///   - wanted: number of right passages.
    mutating func add(places: [Int], wanted: Int) {
        questions += 1
        found += Double(places.count { $0 <= 4 }) / Double(wanted)
        reciprocals += places.min().map { 1 / Double($0) } ?? 0
    }

    /// The part of the right passages that is among the first four, which are what a chat gives to the model.
    var recall: Double { questions == 0 ? 0 : found / Double(questions) }

    /// The mean of 1 / place of the first right passage, 0 when it is not among the results.
    var meanReciprocalRank: Double { questions == 0 ? 0 : reciprocals / Double(questions) }
}
