import Foundation

/// Whether the right passage is found: recall@4 and mean reciprocal rank (of ten results) of each search mode over a
/// judged set, through the API with the native embedder; and what a mode costs beside `normal`. The questions that
/// limits were chosen by and those that nothing was chosen by are reported apart.
struct QualityBenchmark: Benchmark {
    private static let folder = "Tests/Quality"
    private static let modes = ["normal", "hybrid", "rerank"]
    private static let results = 10
    /// Milliseconds since 1970. A chunk begins with its document's date, and so its vector depends on it a little.
    private static let published = "1764028800000"
    private static let path = "/api/v1/workspace/quality/vector-search"

    private struct Document: Encodable {
        var textContent: String
        var addToWorkspaces = "quality"
        var metadata: [String: String]
    }

    private struct Search: Encodable {
        var query: String
        var mode: String
        var topN = QualityBenchmark.results
        var scoreThreshold = 0
    }

    private struct Found: Decodable {
        struct Hit: Decodable {
            struct Metadata: Decodable {
                var title: String
            }
            var metadata: Metadata
        }
        var results: [Hit]
    }

    private struct Outcome {
        var all = RetrievalScore()
        var byKind: [QualitySet.Question.Kind: RetrievalScore] = [:]
        var milliseconds: [Double] = []
    }

    func measure(_ bench: Workbench) async throws {
        let set = try QualitySet(folder: Self.folder)
        let carrel = try Site.carrel(bench, name: "quality", storage: try bench.freshFolder("quality"))
        _ = try carrel.api.call("POST", "/api/v1/workspace/new", ["name": "Quality"], as: Replies.NewWorkspace.self)
        bench.note("embedding the \(set.passages.count) passages of the quality set")
        for passage in set.passages {
            let stored = try carrel.api.call(
                "POST", "/api/v1/document/raw-text",
                Document(
                    textContent: passage.text, metadata: ["title": passage.name, "published": Self.published]),
                as: Replies.Stored.self)
            if !stored.success { throw BenchmarkFailure("Passage \(passage.name) was not stored.") }
        }
        let count = try carrel.api.call("GET", "/api/v1/system/vector-count", as: Replies.VectorCount.self).vectorCount
        guard count == set.passages.count else {
            throw BenchmarkFailure("\(set.passages.count) passages gave \(count) vectors.")
        }
        for part in set.parts { report(part, try outcomes(of: part.questions, carrel, bench), bench) }
    }

    /// Every question in every mode; `normal` comes first and leaves the question's vector in the embedder's cache.
    private func outcomes(
        of questions: [QualitySet.Question], _ carrel: Site, _ bench: Workbench
    ) throws -> [String: Outcome] {
        var client = try Caller(port: carrel.port, key: carrel.api.key)
        defer { client.hangUp() }
        var outcomes: [String: Outcome] = [:]
        for question in questions {
            for mode in Self.modes {
                let body = try JSONEncoder().encode(Search(query: question.question, mode: mode))
                let answer = try client.post(Self.path, String(decoding: body, as: UTF8.self))
                let found = try JSONDecoder().decode(Found.self, from: Data(answer.body))
                let titles = found.results.map(\.metadata.title)
                let places = titles.indices.filter { question.passages.contains(String(titles[$0].dropLast(4))) }
                    .map { $0 + 1 }
                var outcome = outcomes[mode] ?? Outcome()
                outcome.all.add(places: places, wanted: question.passages.count)
                outcome.byKind[question.kind, default: RetrievalScore()].add(
                    places: places, wanted: question.passages.count)
                outcome.milliseconds.append(answer.total)
                outcomes[mode] = outcome
                if (places.first ?? .max) > 4 {
                    bench.note("\(mode) misses \"\(question.question)\" (\(places.first.map(String.init) ?? "-"))")
                }
            }
        }
        return outcomes
    }

    private func report(_ part: QualitySet.Part, _ outcomes: [String: Outcome], _ bench: Workbench) {
        guard let normal = outcomes["normal"] else { return }
        for mode in Self.modes {
            guard let outcome = outcomes[mode] else { continue }
            let isOther = mode != "normal"
            let rows = [
                ("recall@4", outcome.all.recall, normal.all.recall),
                ("MRR", outcome.all.meanReciprocalRank, normal.all.meanReciprocalRank),
            ]
            for (name, value, base) in rows {
                bench.report.add(
                    "quality, \(part.questions.count) \(part.name) questions: \(name), \(mode)", "", value,
                    peer: isOther ? base : nil, named: isOther ? "normal" : "",
                    budget: isOther ? .ratioAtLeast(1) : nil)
                if mode == "hybrid", value <= base {
                    bench.report.wrong(
                        "\(name) of hybrid search is \(value), of normal search \(base), on the \(part.name) questions."
                    )
                }
            }
            for kind in QualitySet.Question.Kind.allCases {
                let (own, base) = (outcome.byKind[kind], normal.byKind[kind])
                bench.report.add(
                    "  \(own?.questions ?? 0) \(part.name) of kind \(kind): recall@4, \(mode)", "", own?.recall ?? 0,
                    peer: isOther ? base?.recall : nil, named: isOther ? "normal" : "")
            }
            // The question is embedded already; searching these few passages takes hardly any time in normal mode.
            if isOther {
                bench.report.add(
                    "  search after the embedding, median, \(mode), \(part.name)", "ms", outcome.milliseconds.median,
                    budget: .atMost(20))
            }
        }
    }
}
