/// What a model's tokens cost, in US dollars each.
public struct TokenPrice: Sendable, Equatable {
    public var input: Double
    public var output: Double

    /// Of servers of one's own.
    static let free = TokenPrice(input: 0, output: 0)

    /// The cost of a call, each figure rounded to 10 decimals (contract/chat.md 13.5).
    public func cost(promptTokens: Int, completionTokens: Int) -> (input: Double, output: Double, total: Double) {
        let (input, output) = (Double(promptTokens) * input, Double(completionTokens) * output)
        return (Self.rounded(input), Self.rounded(output), Self.rounded(input + output))
    }

    private static func rounded(_ dollars: Double) -> Double { (dollars * 1e10).rounded() / 1e10 }
}
