import OrderedJSON

/// The answer of `/rerank`: `{"results":[{"index":0,"relevance_score":0.9},…]}`, best first; some servers say `data`
/// for `results`.
enum RerankAnswer {
    /// The scores in the order of the passages, 0...1; 0 for passages that are not in the answer.
    ///
    /// Models that are served without a last layer answer with logits: an answer with any score outside of 0...1.
    static func relevance(_ answer: JSONValue, count: Int) throws(JSONPost.Failure) -> [Double] {
        guard let items = (answer["results"] ?? answer["data"])?.arrayValue, !items.isEmpty else {
            throw JSONPost.Failure(message: "the server's answer has no list of results.")
        }
        var scores: [Double?] = Array(repeating: nil, count: count)
        for item in items {
            guard let index = item["index"]?.integerValue, scores.indices.contains(index), scores[index] == nil,
                let score = item["relevance_score"]?.numberValue, score.isFinite
            else {
                throw JSONPost.Failure(message: "the server's answer has a result without a place or a score.")
            }
            scores[index] = score
        }
        let areLogits = scores.contains { score in score.map { !(0...1).contains($0) } ?? false }
        return scores.map { score in
            guard let score else { return 0 }
            return areLogits ? Logistic.value(score) : score
        }
    }
}
