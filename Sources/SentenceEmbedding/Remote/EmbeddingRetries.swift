/// How often and how long a call to a busy service may be tried again: a state machine without a clock.
///
/// A service that says when to come back is obeyed, within the budget. One that only says that it is busy is asked
/// again after a wait that doubles, if passages are waiting; a query is not, because a person is waiting.
struct EmbeddingRetries: Sendable, Equatable {
    private static let firstWait = 0.5

    /// Further tries after the first.
    var tries: Int
    /// All waits together, in seconds.
    var seconds: Double
    let isBulk: Bool
    private var nextWait = Self.firstWait

    init(_ settings: RemoteEmbedderSettings, isBulk: Bool) {
        tries = settings.integer("ANYTHINGLLM_MAX_RETRIES", above: -1) ?? (isBulk ? 4 : 2)
        seconds = Double(settings.integer("EMBEDDING_RETRY_BUDGET_MS", above: -1) ?? 60_000) / 1000
        self.isBulk = isBulk
    }

    /// Takes the next wait out of the budget.
    ///
    /// - Parameters:
    ///   - status: of the service's answer.
    ///   - retryAfter: its `Retry-After` header (RFC 9110, section 10.2.3).
    ///   - now: seconds since 1 January 1970.
    /// - Returns: seconds to wait before the next try, or nil when the refusal is final.
    mutating func wait(status: UInt, retryAfter: String?, now: Double) -> Double? {
        guard status == 429 || status == 503, tries > 0 else { return nil }
        let wait: Double
        if let asked = retryAfter.flatMap({ Self.seconds($0, now: now) }) {
            wait = asked
        } else if isBulk {
            wait = nextWait
            nextWait *= 2
        } else {
            return nil
        }
        guard wait <= seconds else { return nil }
        tries -= 1
        seconds -= wait
        return wait
    }

    /// The wait of a `Retry-After`: a number of seconds or a date; nil for what is neither.
    static func seconds(_ value: String, now: Double) -> Double? {
        if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return Double(value)
        }
        return HTTPDate.seconds(value).map { max(0, $0 - now) }
    }
}
