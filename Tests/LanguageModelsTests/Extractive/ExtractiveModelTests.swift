import Testing

@testable import LanguageModels

struct ExtractiveModelTests {
    private func answer(_ question: String, _ passages: [ContextPassage]) async throws -> String {
        let request = ChatRequest(messages: [], temperature: 0.7, question: question, passages: passages)
        return try #require(try await ExtractiveModel().complete(request).text)
    }

    private static let supply = ContextPassage(
        title: "supply.txt",
        text: "<document_metadata>\nsourceDocument: supply.txt\npublished: 3/1/2026, 8:00:00 AM\n</document_metadata>"
            + "\n\nThe pier is closed in winter. Delivery is due in June. Staff must wear boots.")

    @Test("the sentence that answers is quoted with its title, and the answer says what it is")
    func quotes() async throws {
        #expect(
            try await answer("When is the delivery due?", [Self.supply])
                == "Quoted from the documents (no language model is configured):\n\n"
                + "From supply.txt: \"Delivery is due in June.\"")
    }

    @Test("the title comes from the header when none is given; a passage without one is untitled")
    func titles() async throws {
        var passage = Self.supply
        passage.title = nil
        #expect(try await answer("delivery", [passage]).contains("From supply.txt: "))
        let bare = ContextPassage(title: nil, text: "Delivery is due in June.")
        #expect(try await answer("delivery", [bare]).contains("From an untitled document: \"Delivery"))
    }

    @Test("several documents are quoted one after the other, the best first; repeated sentences once")
    func several() async throws {
        let notes = ContextPassage(
            title: "notes.md", text: "Delivery was discussed. Delivery is due in June. Nothing else.")
        let text = try await answer("When is the delivery due?", [notes, Self.supply])
        #expect(text.contains("From notes.md: "))
        #expect(text.split(separator: "Delivery is due in June.").count == 2)
    }

    @Test("a fragment at a chunk's edge gives way to the whole sentence")
    func fragment() async throws {
        let edge = ContextPassage(title: "a", text: "due in June on the new pier. Other words stand here.")
        let whole = ContextPassage(title: "a", text: "The delivery of the engine is due in June on the new pier.")
        let text = try await answer("What is due in June?", [edge, whole])
        #expect(text.hasSuffix("From a: \"The delivery of the engine is due in June on the new pier.\""))
    }

    @Test(
        "related forms, other scripts and accents match",
        arguments: [
            ("Was it delivered?", "Delivery is due in June.", "Boots are worn."),
            ("ferry", "Two ferries run in summer.", "Boots are worn."),
            ("配送时间", "配送将于六月完成。", "员工必须穿靴子。"),
            ("Wann öffnet das Cafe?", "Das Café öffnet um neun Uhr.", "Stiefel sind Pflicht."),
            ("Όρος", "Το όρος είναι ψηλό.", "Άλλη πρόταση εδώ."),
        ])
    func matches(question: String, sentence: String, other: String) async throws {
        let text = try await answer(question, [ContextPassage(title: "t", text: other + " " + sentence)])
        #expect(text.contains("\"" + sentence + "\""))
        #expect(!text.contains(other))
    }

    @Test("when nothing matches it says so and shows what was found")
    func nothingMatches() async throws {
        let text = try await answer("zebra", [Self.supply])
        #expect(text.hasPrefix("No sentence of the documents that were found shares a word with the question"))
        #expect(text.hasSuffix("from supply.txt, begins: \"The pier is closed in winter.\""))
    }

    @Test(
        "without text to quote it says so",
        arguments: [[], [ContextPassage(title: "t", text: "")], [ContextPassage(title: "t", text: " \n--- . !\n")]])
    func nothing(passages: [ContextPassage]) async throws {
        #expect(try await answer("zebra", passages).hasPrefix("There is nothing to quote"))
    }

    @Test("the stream is the same text, sentence by sentence, and repeats itself exactly")
    func stream() async throws {
        let passages = [Self.supply, ContextPassage(title: "b", text: "Delivery of boots. The pier has a delivery.")]
        let request = ChatRequest(
            messages: [], temperature: 0, question: "delivery to the pier", passages: passages)
        let first = await Outcome(ExtractiveModel(), request)
        let second = await Outcome(ExtractiveModel(), request)
        #expect(first.events == second.events)
        #expect(first.events.last == .finished)
        #expect(first.events.count > 3)
        #expect(try await ExtractiveModel().complete(request).text == first.text)
    }

    @Test("a sentence without end is cut at a word")
    func long() async throws {
        let text = try await answer(
            "table", [ContextPassage(title: "t", text: String(repeating: "table row ", count: 5000))])
        #expect(text.count < 800)
        #expect(text.hasSuffix("row …\"") || text.hasSuffix("table …\""))
    }

    @Test("questions without words are answered honestly", arguments: ["", "???", "\u{0}\u{301}"])
    func wordless(question: String) async throws {
        #expect(try await answer(question, [Self.supply]).hasPrefix("No sentence"))
    }
}
