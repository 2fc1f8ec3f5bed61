/// The prose of an answer made of quotations.
enum ExtractiveAnswer {
    private static let maximumQuotes = 5
    /// Sentences that score less than this share of the best one are left out.
    private static let relevance = 0.5
    /// Longer sentences, mostly tables and lists without punctuation, are cut at a word, in characters.
    private static let maximumLength = 600

    private static let introduction = "Quoted from the documents (no language model is configured):"

    private struct Candidate {
        var sentence: String
        var title: String?
        var score: Double
    }

    /// The answer in the pieces in which it is streamed: an introduction, then one piece per sentence.
    static func pieces(to request: ChatRequest) -> [String] {
        let passages = request.passages.map(ExtractedPassage.init)
        let candidates = candidates(passages, question: request.question)
        guard !candidates.isEmpty else {
            return [
                "There is nothing to quote: no document text was found for this question. ",
                "No language model is configured, so answers are quotations from the documents of this workspace.",
            ]
        }
        let chosen = choose(candidates)
        return chosen.isEmpty ? nothingMatches(candidates[0]) : quotations(chosen)
    }

    /// Every sentence once, in the order of the passages; chunks overlap, and pinned documents repeat their chunks.
    private static func candidates(_ passages: [ExtractedPassage], question: String) -> [Candidate] {
        var seen = Set<String>()
        var candidates: [Candidate] = []
        for passage in passages {
            for sentence in passage.sentences where seen.insert(sentence).inserted {
                candidates.append(
                    Candidate(sentence: sentence, title: passage.title, score: 0))
            }
        }
        let scores = SentenceRanking.scores(question: question, sentences: candidates.map(\.sentence))
        for (index, score) in scores.enumerated() { candidates[index].score = score }
        return candidates
    }

    /// The best sentences, grouped by title; groups by their best sentence, sentences in the order of the text.
    private static func choose(_ candidates: [Candidate]) -> [[Candidate]] {
        let ranked = candidates.indices.filter { candidates[$0].score > 0 }
            .sorted { (candidates[$1].score, $0) < (candidates[$0].score, $1) }
        guard let best = ranked.first else { return [] }
        var chosen: [Int] = []
        for index in ranked where candidates[index].score >= relevance * candidates[best].score {
            let sentence = candidates[index].sentence
            // A chunk may begin or end inside a sentence that the neighbouring chunk has whole: the whole one is quoted.
            if chosen.contains(where: { candidates[$0].sentence.contains(sentence) }) { continue }
            if let part = chosen.firstIndex(where: { sentence.contains(candidates[$0].sentence) }) {
                chosen[part] = index
            } else if chosen.count < maximumQuotes {
                chosen.append(index)
            }
        }
        var groups: [(title: String?, members: [Int])] = []
        for index in chosen {
            if let group = groups.firstIndex(where: { $0.title == candidates[index].title }) {
                groups[group].members.append(index)
            } else {
                groups.append((candidates[index].title, [index]))
            }
        }
        return groups.map { group in group.members.sorted().map { candidates[$0] } }
    }

    private static func quotations(_ groups: [[Candidate]]) -> [String] {
        var pieces = [introduction]
        for group in groups {
            for (index, candidate) in group.enumerated() {
                let isFirst = index == 0
                let isLast = index == group.count - 1
                let opening = isFirst ? "\n\nFrom \(source(candidate)): " : " "
                pieces.append(opening + "\"" + clipped(candidate.sentence) + "\"" + (isLast ? "" : ","))
            }
        }
        return pieces
    }

    private static func nothingMatches(_ first: Candidate) -> [String] {
        [
            "No sentence of the documents that were found shares a word with the question, "
                + "and no language model is configured that could answer in its own words.",
            "\n\nThe first passage found, from \(source(first)), begins: \"\(clipped(first.sentence))\"",
        ]
    }

    private static func source(_ candidate: Candidate) -> String { candidate.title ?? "an untitled document" }

    private static func clipped(_ sentence: String) -> String {
        guard sentence.count > maximumLength else { return sentence }
        let head = sentence.prefix(maximumLength)
        let end = head.lastIndex(of: " ") ?? head.endIndex
        return head[..<end] + " …"
    }
}
