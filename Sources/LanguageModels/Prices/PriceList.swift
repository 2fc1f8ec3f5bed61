import OrderedJSON

/// Prices of hosted models, read from a file: nobody is asked while a chat is answered.
///
/// The form is that of LiteLLM's public list (`model_prices_and_context_window.json` in BerriAI/litellm, MIT), which
/// the reference uses too: an object of models, each with `input_cost_per_token` and `output_cost_per_token` in US dollars.
public struct PriceList: Sendable {
    private let prices: [String: TokenPrice]

    /// Models without both figures are left out.
    ///
    /// - Throws: `JSONParseError` for what is no JSON.
    public init(json bytes: [UInt8]) throws {
        var prices: [String: TokenPrice] = [:]
        for member in try JSONParser.parse(bytes).objectValue?.members ?? [] {
            guard let input = member.value["input_cost_per_token"]?.numberValue, input >= 0,
                let output = member.value["output_cost_per_token"]?.numberValue, output >= 0
            else { continue }
            prices[member.key] = TokenPrice(input: input, output: output)
        }
        self.prices = prices
    }

    /// The price of the first of the names that the list has.
    func price(_ names: [String]) -> TokenPrice? { names.lazy.compactMap { prices[$0] }.first }
}
