import Testing

@testable import LanguageModels

struct LanguageModelErrorTests {
    private struct Cause: Error, CustomStringConvertible {
        var description: String { "connection reset" }
    }

    @Test(
        "the log hears the code, the network's words and our own, never the provider's",
        arguments: [
            (.upstreamStatus(429), "upstream-status-429"), (.upstreamMessage, "upstream-error"),
            (.malformedAnswer, "malformed-answer"), (.cancelled, "cancelled"),
            (.connection, "connection-failed (connection reset)"), (.timedOut, "timed-out (connection reset)"),
            (.interrupted, "interrupted (connection reset)"), (.notConfigured, "not-configured (words)"),
            (.unknownProvider, "unknown-provider (words)"),
        ] as [(LanguageModelError.Code, String)])
    func logDescription(code: LanguageModelError.Code, text: String) {
        #expect(LanguageModelError(code, "words", cause: Cause()).logDescription == text)
    }

    @Test("without a cause the code is all")
    func noCause() {
        #expect(LanguageModelError(.connection, "words").logDescription == "connection-failed")
    }

    @Test("words are put in front of every message but that of a cancelled task")
    func prefix() {
        #expect(LanguageModelError(.timedOut, "b").prefixed("a ").message == "a b")
        #expect(LanguageModelError(.cancelled, "b").prefixed("a ").message == "b")
    }
}
