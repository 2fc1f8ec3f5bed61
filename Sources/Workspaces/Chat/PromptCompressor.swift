import LanguageModels
import TokenCounting

/// Makes a prompt fit the model's window (contract/chat.md 11.2 to 11.5).
///
/// Nothing is touched while the estimate plus a margin stays below the window. Otherwise the system message and the
/// history get 15 % of the window each and the user's message 70 %; what is too long loses its middle.
struct PromptCompressor: Sendable {
    let tokens: any TokenCounter
    /// Tokens.
    let window: Int
    var rule = PromptCompression.systemAndContext

    /// Tokens left for what the estimate misses.
    private static let margin = 600
    private static let marker = "\n\n--prompt truncated for brevity--\n\n"

    func messages(for prompt: ChatPrompt) -> [ChatMessage] {
        let messages = prompt.messages
        // No token is shorter than a byte and no image counts as more than 16, so most prompts need not be counted.
        let most = messages.reduce(5) { $0 + 3 + $1.text.utf8.count + 16 * $1.attachments.count }
        if most + Self.margin < window || PromptSize.count(messages, tokens) + Self.margin < window { return messages }
        let window = Double(window)
        if Double(tokens.count(prompt.question)) > 0.70 * window {
            return [ChatMessage(role: .user, text: cut(prompt.question, to: 0.80 * window))]
        }
        let system = ChatMessage(role: .system, text: systemText(prompt, budget: 0.15 * window))
        var question = prompt.userMessage
        if rule == .systemAlone { question.attachments = [] }
        return [system] + history(prompt.history, budget: 0.15 * window) + [question]
    }

    private func systemText(_ prompt: ChatPrompt, budget: Double) -> String {
        if rule == .systemAlone {
            return (Double(tokens.count(prompt.system)) > budget ? cut(prompt.system, to: budget) : prompt.system)
                + prompt.context
        }
        let whole = prompt.system + prompt.context
        if Double(tokens.count(whole)) < budget { return whole }
        // Split at the block appended here, not at the first `Context:` of the text (CQ-14).
        let heading = "\nContext:"
        guard prompt.context.hasPrefix(heading) else { return cutWhenOver(whole, 0.25 * budget) }
        let instructions = cutWhenOver(prompt.system + "\n", 0.25 * budget)
        let passages = cutWhenOver(String(prompt.context.dropFirst(heading.count)), 0.75 * budget)
        return passages.isEmpty ? instructions : instructions + "\nContext: " + passages
    }

    private func cutWhenOver(_ text: String, _ budget: Double) -> String {
        Double(tokens.count(text)) >= budget ? cut(text, to: budget) : text
    }

    /// Newest first while they fit; one of the newest three that does not fit is cut, later ones end the walk.
    private func history(_ exchanges: [EarlierExchange], budget: Double) -> [ChatMessage] {
        var kept: [[ChatMessage]] = []
        var total = 0.0
        for (index, exchange) in exchanges.reversed().enumerated() {
            var (question, answer) = (exchange.prompt, exchange.text)
            var size = Double(tokens.count(question) + tokens.count(answer))
            if total + size >= budget {
                if index > 2 { break }
                let share = (budget / 2.2).rounded(.down)
                if Double(tokens.count(question)) > share { question = cut(question, to: share) }
                if Double(tokens.count(answer)) > share { answer = cut(answer, to: share) }
                // As a list of two messages: their tokens, 3 for each and 5.
                size = Double(tokens.count(question) + tokens.count(answer) + 11)
                if total + size > budget { continue }
            }
            total += size
            // Text only: images of kept exchanges are not sent again (CQ-13).
            kept.append([ChatMessage(role: .user, text: question), ChatMessage(role: .assistant, text: answer)])
        }
        return kept.reversed().flatMap { $0 }
    }

    private func cut(_ text: String, to target: Double) -> String {
        tokens.cuttingMiddle(of: text, to: target, marker: Self.marker)
    }
}
