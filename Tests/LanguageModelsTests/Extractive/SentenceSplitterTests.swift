import Testing

@testable import LanguageModels

struct SentenceSplitterTests {
    @Test(
        "text is cut where sentences end",
        arguments: [
            ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
            (
                "Dr. Smith paid 3.50 to J. Doe, e.g. in May. He left.",
                ["Dr. Smith paid 3.50 to J. Doe, e.g. in May.", "He left."]
            ),
            ("Version 1.2.3 is out. see below", ["Version 1.2.3 is out. see below"]),
            (
                "Die Lieferung kommt am 3. Juni. Danach z. B. Regen.",
                ["Die Lieferung kommt am 3. Juni.", "Danach z. B. Regen."]
            ),
            ("He said \"Stop.\" Then he left.", ["He said \"Stop.\"", "Then he left."]),
            ("Wait... What?! No.", ["Wait...", "What?!", "No."]),
            ("第一句。第二句！「第三句。」", ["第一句。", "第二句！", "「第三句。」"]),
            ("Wrapped\nin the middle.\n\nNew block", ["Wrapped in the middle.", "New block"]),
            (
                "# Title\nText here.\n- item one\n- item two\n1. first",
                [
                    "# Title", "Text here.", "- item one", "- item two", "1. first",
                ]
            ),
            ("a\r\n\r\nb", ["a", "b"]),
            ("  \n ... \n", []),
            ("", []),
            ("See https://example.org/a.b?c=d for more. End.", ["See https://example.org/a.b?c=d for more.", "End."]),
        ])
    func sentences(text: String, sentences: [String]) {
        #expect(SentenceSplitter.sentences(text) == sentences)
    }

    @Test(
        "stems bring forms of a word together",
        arguments: [
            ("ferries", "ferry"), ("boats", "boat"), ("boxes", "box"), ("status", "status"), ("glass", "glass"),
            ("loading", "load"), ("loaded", "load"), ("red", "red"), ("über", "über"), ("gas", "gas"),
        ])
    func stems(word: String, stem: String) {
        #expect(SearchTerms.stem(word) == stem)
    }

    @Test("topics are the words that are not stop words, each once, or all when there are no others")
    func topics() {
        #expect(SearchTerms.topics("What's the price of the boats and the Boat?") == ["price", "boat"])
        #expect(SearchTerms.topics("who are you") == ["who", "are", "you"])
        #expect(SearchTerms.topics("北京天气") == ["北京", "京天", "天气"])
    }
}
