import Testing

@testable import LanguageModels

struct ReasoningBlockTests {
    @Test(
        "blank reasoning is left out of a whole answer",
        arguments: [
            (nil, "x", "x"), ("", "x", "x"), (" \n", "x", "x"), ("r", "x", "<think>r</think>x"),
            ("r", nil, "<think>r</think>"), (nil, nil, nil),
        ] as [(String?, String?, String?)])
    func joined(reasoning: String?, text: String?, whole: String?) {
        #expect(ReasoningBlock.joined(reasoning: reasoning, text: text) == whole)
    }

    @Test("empty pieces open and close nothing")
    func emptyPieces() {
        var block = ReasoningBlock()
        var events: [ChatStreamEvent] = []
        block.text("", into: &events)
        block.reasoning("", into: &events)
        block.close(into: &events)
        #expect(events.isEmpty)
        block.reasoning("a", into: &events)
        block.text("", into: &events)
        block.reasoning("b", into: &events)
        block.close(into: &events)
        block.close(into: &events)
        #expect(events == [.reasoning("<think>a"), .reasoning("b"), .reasoning("</think>")])
    }
}
