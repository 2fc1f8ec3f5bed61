import Foundation

/// Short texts on many subjects and questions of which it is known which text answers them (`Tests/Quality`).
struct QualitySet {
    struct Passage {
        /// Name of its file and place in it from 1, `kitchen-3`; the title of its document.
        var name: String
        var text: String
    }

    struct Question: Decodable {
        /// `same`: in the passage's own words; `different`: in others; `code`: a name or number is all there is.
        enum Kind: String, Decodable, CaseIterable {
            case same, different, code
        }

        var kind: Kind
        var question: String
        /// Names of the passages that answer it.
        var passages: Set<String>
    }

    /// Questions that are judged together.
    struct Part {
        var name: String
        var questions: [Question]
    }

    var passages: [Passage]
    /// First the questions by which limits of the searches were chosen, then those that nothing was chosen by.
    var parts: [Part]

    /// - Parameter folder: `passages/*.txt`, texts between empty lines, `questions.jsonl` and `held-out.jsonl`.
    /// - Throws: ``BenchmarkFailure`` when a file is missing or malformed, or a question names no passage of the set.
    init(folder: String) throws {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/passages").sorted()
            passages = try names.flatMap { name in
                try String(contentsOfFile: "\(folder)/passages/\(name)", encoding: .utf8)
                    .split(separator: "\n\n").enumerated().map { place, text in
                        Passage(
                            name: "\(name.dropLast(".txt".count))-\(place + 1)",
                            text: text.trimmingCharacters(in: .whitespacesAndNewlines))
                    }
            }
            parts = [
                Part(name: "tuned", questions: try Self.questions(folder + "/questions.jsonl")),
                Part(name: "held out", questions: try Self.questions(folder + "/held-out.jsonl")),
            ]
        } catch {
            throw BenchmarkFailure("The quality set \(folder) cannot be read: \(error)")
        }
        let known = Set(passages.map(\.name))
        for question in parts.flatMap(\.questions)
        where question.passages.isEmpty || !question.passages.isSubset(of: known) {
            throw BenchmarkFailure("\(folder): \"\(question.question)\" is answered by no passage of the set.")
        }
    }

    private static func questions(_ path: String) throws -> [Question] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Question.self, from: Data($0.utf8)) }
    }
}
