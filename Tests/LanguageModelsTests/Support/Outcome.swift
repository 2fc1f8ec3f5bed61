@testable import LanguageModels

/// What a stream gave, and how it ended.
struct Outcome: Sendable {
    var events: [ChatStreamEvent] = []
    var error: LanguageModelError?

    init(_ model: any ChatModel, _ request: ChatRequest = ProviderFixture.request) async {
        do throws(LanguageModelError) {
            for try await event in try await model.stream(request) { events.append(event) }
        } catch {
            self.error = error
        }
    }

    var text: String {
        events.map { event in
            switch event {
            case .text(let piece), .reasoning(let piece): piece
            case .finished, .usage: ""
            }
        }.joined()
    }
}
