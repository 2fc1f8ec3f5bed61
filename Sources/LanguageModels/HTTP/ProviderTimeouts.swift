import DescriptorWaiting
import NIOCore

/// How long a provider may take, step by step.
struct ProviderTimeouts: Sendable {
    /// From the call until a connection is there and the request's head is written, waiting for the pool included.
    var connect: TimeAmount = .seconds(10)
    /// Streamed answers: from the call until the first byte of the answer's body. As long as the whole call when nothing
    /// else is said: a server of one's own may have to load its model and to read a long prompt.
    var firstToken: TimeAmount = .seconds(600)
    /// Streamed answers: longest silence between two pieces; models that think before they write are silent for long.
    var idle: TimeAmount = .seconds(300)
    /// The whole call.
    var overall: TimeAmount = .seconds(600)
    /// No call lasts beyond this time on `MonotonicClock`, in nanoseconds, whatever the other limits say.
    var deadline: UInt64?
    /// Streamed answers: how long usage is waited for after the end of the text (contract/chat.md CQ-10).
    var afterFinish: TimeAmount = .seconds(1)

    /// Streamed answers: so much silence after the first event counts as the end of the answer, for providers that
    /// leave out their finish marker (contract/providers.md 3.2); nil when silence is a fault. Comments are no events:
    /// OpenRouter sends them while its model has not begun.
    var quietEnd: TimeAmount?

    static let firstTokenSetting = "LLM_FIRST_TOKEN_TIMEOUT_MS"

    init() {}

    /// The instance's settings in milliseconds; what is absent or not a positive number keeps its default.
    init(_ settings: ProviderSettings) {
        connect = settings.milliseconds("LLM_CONNECT_TIMEOUT_MS") ?? connect
        overall = settings.milliseconds("ANYTHINGLLM_FETCH_TIMEOUT") ?? overall
        firstToken = settings.milliseconds(Self.firstTokenSetting) ?? overall
        idle = settings.milliseconds("LLM_IDLE_TIMEOUT_MS") ?? idle
    }

    /// Whether the deadline will have passed in so many seconds.
    func isOver(after seconds: Double) -> Bool {
        guard let deadline else { return false }
        return MonotonicClock.now(adding: .seconds(seconds)) >= deadline
    }
}
