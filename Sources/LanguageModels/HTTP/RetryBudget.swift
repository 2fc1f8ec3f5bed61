/// How often and how long a call may be tried again before its first byte: a state machine without a clock.
///
/// Only a provider that says when to come back is asked again, because each further try of a long prompt costs what
/// the first one did.
struct RetryBudget: Sendable, Equatable {
    /// Further tries after the first.
    var retries = 2
    /// All waits of one call together, in seconds.
    var seconds = 20.0

    init() {}

    /// `ANYTHINGLLM_MAX_RETRIES` and `LLM_RETRY_BUDGET_MS`.
    init(_ settings: ProviderSettings) {
        retries = settings.count("ANYTHINGLLM_MAX_RETRIES") ?? retries
        seconds = settings.count("LLM_RETRY_BUDGET_MS").map { Double($0) / 1000 } ?? seconds
    }

    /// Takes the next wait out of the budget.
    ///
    /// - Parameters:
    ///   - status: of the provider's answer.
    ///   - retryAfter: its `Retry-After` header.
    ///   - now: seconds since 1 January 1970.
    /// - Returns: seconds to wait before the next try, or nil when the refusal is final.
    mutating func wait(status: Int, retryAfter: String?, now: Double) -> Double? {
        guard status == 429 || status == 503, retries > 0, let retryAfter,
            let wait = RetryAfter.seconds(retryAfter, now: now), wait <= seconds
        else { return nil }
        retries -= 1
        seconds -= wait
        return wait
    }
}
