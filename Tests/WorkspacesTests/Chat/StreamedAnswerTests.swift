import LanguageModels
import Testing

@testable import Workspaces

@Suite("An answer while it is streamed")
struct StreamedAnswerTests {
    private func run(_ events: [ChatStreamEvent]) -> (answer: StreamedAnswer, output: [ChatEvent]) {
        var answer = StreamedAnswer()
        var output = events.flatMap { answer.take($0, uuid: "u") }
        output += answer.end(uuid: "u")
        return (answer, output)
    }

    @Test("the last chunk comes once, at the finish marker")
    func last() {
        let (answer, output) = run([
            .text("a"), .finished, .usage(TokenUsage(promptTokens: 3, completionTokens: 1, totalTokens: 4)),
        ])
        #expect(output == [.chunk(uuid: "u", text: "a"), .last(uuid: "u")])
        #expect(answer.storableText == "a")
        #expect(answer.usage?.promptTokens == 3)
    }

    @Test("a stream without a marker ends all the same")
    func noMarker() {
        #expect(run([.text("a")]).output == [.chunk(uuid: "u", text: "a"), .last(uuid: "u")])
    }

    @Test("reasoning is streamed and stored with the text, but alone it is not stored")
    func reasoning() {
        let thinking: [ChatStreamEvent] = [.reasoning("<think>"), .reasoning("hm"), .reasoning("</think>")]
        #expect(run(thinking).answer.storableText == nil)
        let (answer, _) = run(thinking + [.text("yes")])
        #expect(answer.storableText == "<think>hm</think>yes")
        #expect(answer.textPieces == 1)
    }
}
