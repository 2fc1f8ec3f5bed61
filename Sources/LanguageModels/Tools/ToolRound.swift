/// One round of a tool loop: what the model said and asked for, and what its calls gave.
///
/// Calls and results stay together because every provider refuses a call without its result.
public struct ToolRound: Sendable, Equatable {
    /// What the model wrote beside its calls; may be empty.
    public var text: String
    /// Its reasoning as it was streamed, in its marks; empty when there was none.
    public var reasoning: String
    public var calls: [ToolCall]
    /// One result for each call, in the order of the calls.
    public var results: [ToolResult]

    public init(text: String, reasoning: String = "", calls: [ToolCall], results: [ToolResult]) {
        self.text = text
        self.reasoning = reasoning
        self.calls = calls
        self.results = results
    }

    /// Each call with its result; a call whose result is missing counts as failed.
    var pairs: [(call: ToolCall, result: ToolResult)] {
        calls.enumerated().map { place, call in
            // By place first: some servers give several calls of a turn the same id.
            let own = results.indices.contains(place) && results[place].callID == call.id ? results[place] : nil
            let result = own ?? results.first { $0.callID == call.id }
            return (call, result ?? ToolResult(callID: call.id, text: "The tool gave no result.", isError: true))
        }
    }
}
