import Testing

@testable import Workspaces

@Suite("Slash presets in a message", .timeLimit(.minutes(1)))
struct SlashPresetTests {
    @Test(
        "stand at the start or behind white space, and are no beginning of a longer word",
        arguments: [
            ("/sum", "TEXT"), ("/sum this", "TEXT this"), ("a /sum b\n/sum", "a TEXT b\nTEXT"), ("a/sum", "a/sum"),
            ("/summary", "/summary"), ("/sum-x /sum_ /sum1", "/sum-x /sum_ /sum1"), ("/sumX /sum.", "TEXTX TEXT."),
            ("/SUM", "/SUM"), ("\u{A0}/sum", "\u{A0}TEXT"), ("/sum/sum", "TEXT/sum"), ("", ""), ("/su", "/su"),
        ])
    func places(message: String, expanded: String) {
        #expect(SlashPreset.expand(Phrase(name: "/sum", text: "TEXT"), in: message) == expanded)
    }

    @Test("the text is put in as it is, and the same preset does not look at it again")
    func literal() {
        #expect(SlashPreset.expand(Phrase(name: "/a", text: "$& /a $1"), in: "/a") == "$& /a $1")
    }

    /// Takes minutes when each text that is put in copies what is there already.
    @Test("half a million of them are expanded in no time")
    func many() {
        let count = 500_000
        let expanded = SlashPreset.expand(
            Phrase(name: "/s", text: "some twenty characters"), in: String(repeating: "/s ", count: count))
        #expect(expanded.utf8.count == count * 23)
    }
}
