import LanguageModels
import OrderedJSON
import Testing
import TokenCounting

@testable import Workspaces

/// One token for each UTF-8 byte: budgets can be counted by hand.
private struct ByteCounter: TokenCounter {
    func count(_ text: String) -> Int { text.utf8.count }
    func tokenEnds(of text: String) -> [Int] { Array(1..<(text.utf8.count + 1)) }
}

@Suite("Compression of a prompt")
struct PromptCompressorTests {
    private func exchange(_ number: Int64, _ length: Int) throws -> EarlierExchange {
        let text = "a\(number)" + String(repeating: "a", count: length - 2)
        return try #require(
            EarlierExchange(
                prompt: "q\(number)" + String(repeating: "q", count: length - 2),
                response: #"{"text":"\#(text)"}"#))
    }

    private func messages(
        _ prompt: ChatPrompt, window: Int, rule: PromptCompression = .systemAndContext
    ) -> [ChatMessage] {
        PromptCompressor(tokens: ByteCounter(), window: window, rule: rule).messages(for: prompt)
    }

    @Test("nothing changes while the prompt and the margin fit")
    func unchanged() throws {
        let prompt = ChatPrompt(
            system: "S", context: ContextBlock.render(["alpha"]), history: [try exchange(1, 5)], question: "Q",
            images: [])
        #expect(messages(prompt, window: 2000) == prompt.messages)
        #expect(prompt.messages.map(\.role) == [.system, .user, .assistant, .user])
    }

    @Test("a question over 70 % of the window is all that is left, and is cut to 80 %")
    func longQuestion() throws {
        let prompt = ChatPrompt(
            system: "S", context: "", history: [try exchange(1, 5)], question: String(repeating: "x", count: 900),
            images: [])
        let sent = messages(prompt, window: 1000)
        #expect(sent.count == 1)
        #expect(sent[0].role == .user)
        #expect(sent[0].text.filter { $0 == "x" }.count == 800)
        #expect(sent[0].text.contains("--prompt truncated for brevity--"))
    }

    @Test("the system message keeps a quarter of its budget for the prompt and the rest for the context")
    func longSystem() throws {
        let prompt = ChatPrompt(
            system: String(repeating: "p", count: 500),
            context: ContextBlock.render([String(repeating: "c", count: 900)]), history: [], question: "Q", images: [])
        let text = messages(prompt, window: 1000)[0].text
        let counts = (text.filter { $0 == "p" }.count, text.filter { $0 == "c" }.count)
        // 0.25 × 150 and 0.75 × 150 tokens, each with a marker of its own that holds letters p and c too.
        #expect((37...45).contains(counts.0))
        #expect((80...116).contains(counts.1))
        #expect(text.contains("\nContext: "))
    }

    @Test("for Anthropic the system prompt alone is cut, the context stays whole and images are left out")
    func systemAlone() throws {
        let context = ContextBlock.render([String(repeating: "c", count: 900)])
        let image = try #require(
            Attachment(["name": "i.png", "mime": "image/png", "contentString": "data:image/png;base64,iVBO"]))
        let prompt = ChatPrompt(
            system: String(repeating: "x", count: 500), context: context, history: [], question: "Q", images: [image])
        let sent = messages(prompt, window: 1000, rule: .systemAlone)
        #expect(sent.map(\.role) == [.system, .user])
        #expect(sent[0].text.hasSuffix(context))
        #expect(sent[0].text.dropLast(context.count).filter { $0 == "x" }.count == 150)
        #expect(sent[1] == ChatMessage(role: .user, text: "Q"))
        #expect(messages(prompt, window: 1000)[1].attachments.count == 1)
        let short = ChatPrompt(system: "S", context: context, history: [], question: "Q", images: [])
        #expect(messages(short, window: 1000, rule: .systemAlone)[0].text == "S" + context)
    }

    @Test("a message with images counts as the list of its parts, not as its text (CQ-12)")
    func imagesCounted() {
        let image = ChatAttachment(mime: "", contentString: "x")
        let plain = ChatMessage(role: .user, text: "four")
        let pictured = ChatMessage(role: .user, text: "four", attachments: [image, image])
        #expect(PromptSize.count([plain], ByteCounter()) == 5 + 3 + 4)
        #expect(
            PromptSize.count([pictured], ByteCounter()) == 5 + 3
                + "[object Object],[object Object],[object Object]".count)
    }

    @Test("history is kept from the newest backwards and sent in order")
    func history() throws {
        let prompt = ChatPrompt(
            system: "S", context: "", history: try (1...8).map { try exchange($0, 30) }, question: "Q", images: [])
        let sent = messages(prompt, window: 1000)
        // 60 tokens an exchange, 150 for the history: the two newest fit, of the third too little would be left.
        #expect(sent.dropFirst().dropLast().map { $0.text.prefix(2) }.suffix(4) == ["q7", "a7", "q8", "a8"])
        #expect(sent.last?.text == "Q")
    }
}
