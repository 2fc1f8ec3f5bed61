import OrderedJSON
import TestSupport
import Testing

@testable import Workspaces

/// The judged set that `carrel-bench quality` measures with.
@Suite("The quality set")
struct QualitySetTests {
    private struct Question {
        var kind: String
        var text: String
        var passages: [String]
    }

    /// - Parameter file: `questions`, by which limits of the searches were chosen, or `held-out`, by which none was.
    private func questions(_ file: String) throws -> [Question] {
        try PackageRoot.text(of: "Tests/Quality/\(file).jsonl").split(separator: "\n").map { line in
            let value = try JSONParser.parse(String(line))
            return Question(
                kind: try #require(value["kind"]?.stringValue), text: try #require(value["question"]?.stringValue),
                passages: try #require(value["passages"]?.arrayValue).compactMap(\.stringValue))
        }
    }

    /// Passages by name, in order.
    private func passages() throws -> [(name: String, text: String)] {
        try PackageRoot.files(under: ["Tests/Quality/passages"]).flatMap { file in
            let topic = file.split(separator: "/").last?.dropLast(".txt".count) ?? ""
            return try PackageRoot.text(of: file).split(separator: "\n\n").enumerated().map { place, text in
                ("\(topic)-\(place + 1)", String(text))
            }
        }
    }

    @Test(
        "there are 150 passages on ten subjects, and questions of which half are in other words and ten about codes",
        arguments: [
            ("questions", ["same": 20, "different": 30, "code": 10]),
            ("held-out", ["same": 12, "different": 22, "code": 10]),
        ])
    func shape(file: String, expected: [String: Int]) throws {
        let (passages, questions) = try (passages(), questions(file))
        let names = Set(passages.map(\.name))
        #expect(passages.count >= 150 && names.count == passages.count)
        #expect(Set(passages.map(\.text)).count == passages.count)
        #expect(Set(names.map { $0.split(separator: "-").dropLast().joined() }).count >= 10)
        #expect(passages.allSatisfy { (30...1000).contains($0.text.utf16.count) })
        let kinds = Dictionary(grouping: questions, by: \.kind).mapValues(\.count)
        #expect(kinds == expected)
        #expect(Set(questions.map(\.text)).count == questions.count)
        for question in questions {
            #expect(!question.passages.isEmpty && names.isSuperset(of: question.passages), "\(question.text)")
        }
    }

    @Test("no question that was held out is one of the others")
    func apart() throws {
        let (tuned, heldOut) = try (questions("questions"), questions("held-out"))
        #expect(Set(tuned.map(\.text)).isDisjoint(with: heldOut.map(\.text)))
        #expect(Set(tuned.flatMap(\.passages)).isDisjoint(with: heldOut.flatMap(\.passages)))
    }

    @Test(
        "questions in other words share at most a third of their telling words with the passage",
        arguments: ["questions", "held-out"])
    func otherWords(file: String) throws {
        let texts = Dictionary(
            try passages().map { ($0.name, words($0.text)) }, uniquingKeysWith: { first, _ in first })
        for question in try questions(file) where question.kind == "different" {
            let asked = words(question.text).filter { $0.count > 3 }
            let right = try #require(question.passages.first.flatMap { texts[$0] })
            let shared = asked.intersection(right)
            #expect(Double(shared.count) <= Double(asked.count) * 0.34, "\(question.text): \(shared.sorted())")
        }
    }

    @Test("words alone find every code and name among the first four")
    func codes() async throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("quality")
        for passage in try passages() {
            try fixture.document(passage.name, passage.text)
            let outcome = try await fixture.embed("library/" + passage.name, into: workspace)
            #expect(outcome == .embedded)
        }
        let search = SearchVectors(fixture.dependencies)
        for question in try questions("questions") where question.kind == "code" {
            let request = SearchRequest(query: question.text, mode: .lexical, topN: 4, threshold: 0)
            let found = try #require(try await search(request, in: workspace))
            let texts = try Dictionary(passages().map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
            let wanted = try #require(question.passages.first.flatMap { texts[$0] })
            #expect(found.hits.first?.text.hasSuffix(wanted.trimmed) == true, "\(question.text)")
        }
    }

    private func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: "\n").joined(separator: "\n") }
}
