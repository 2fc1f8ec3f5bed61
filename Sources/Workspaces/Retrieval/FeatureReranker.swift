/// The built-in reranker, for when there is no model: the similarity of the whole passage, the part of the query's
/// words that it has, and how close together it has them.
///
/// It only compares what is at hand, so 50 passages take a few milliseconds; a cross-encoder reads each of them.
enum FeatureReranker {
    /// How much of what the similarity leaves open the words can make up for, and how much their closeness can add.
    private static let (lexicalShare, closenessShare) = (0.5, 0.1)
    /// Bytes of a passage that are looked at: embedders take chunks of 1,000 characters, few longer ones.
    private static let lengthLimit = 8000
    /// Words between two that still belong together.
    private static let window = 4

    /// Relevance on the scale of the similarity, which it is never below: thresholds keep their meaning.
    ///
    /// - Parameters: each 0 to 1.
    /// - Returns: 0 to 1.
    static func relevance(similarity: Double, lexicalScore: Double, closeness: Double) -> Double {
        let open = 1 - similarity
        return min(1, similarity + open * (lexicalShare * lexicalScore + closenessShare * closeness))
    }

    /// The part of the query's neighbouring words that are near each other in the passage too, in this order.
    static func closeness(of query: String, in passage: String) -> Double {
        let asked = words(query)
        if asked.count < 2 { return 0 }
        var places: [[UInt8]: [Int]] = [:]
        for (place, word) in words(passage).enumerated() { places[word, default: []].append(place) }
        let close = zip(asked, asked.dropFirst()).filter { first, second in
            guard let starts = places[first], let ends = places[second] else { return false }
            return starts.contains { start in ends.contains { (1...window).contains($0 - start) } }
        }
        return Double(close.count) / Double(asked.count - 1)
    }

    /// Runs of letters and digits, ASCII in lower case; words of up to three letters join others, and are left out.
    private static func words(_ text: String) -> [[UInt8]] {
        text.utf8.prefix(lengthLimit).split { byte in
            byte < 0x80 && !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte)
                && !(0x61...0x7A).contains(byte)
        }.filter { $0.count > 3 || $0.contains { (0x30...0x39).contains($0) } }.map { word in
            word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        }
    }
}
