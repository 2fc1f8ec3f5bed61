import ProviderHTTP
import Testing

@testable import LanguageModels

@Suite("Prices of models")
struct PriceListTests {
    private static let list = """
        {"sample_spec":{"input_cost_per_token":"text"},
         "gpt-x":{"input_cost_per_token":1e-07,"output_cost_per_token":4e-07},
         "groq/llama":{"input_cost_per_token":2e-07,"output_cost_per_token":0},
         "negative":{"input_cost_per_token":-1,"output_cost_per_token":1},
         "half":{"input_cost_per_token":1}, "none": 5}
        """

    private func catalog(list: String? = list) throws -> LanguageModelCatalog {
        let prices = try list.map { try PriceList(json: Array($0.utf8)) }
        let settings = [
            "OPEN_AI_KEY": "k", "GROQ_API_KEY": "k", "OLLAMA_BASE_PATH": "http://127.0.0.1:1",
            "GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:1",
        ]
        return LanguageModelCatalog(setting: { settings[$0] }, httpClient: ProviderClient(), prices: { prices })
    }

    /// Provider, model, price of input and of output.
    static let cases: [(String, String, TokenPrice?)] = [
        ("openai", "gpt-x", TokenPrice(input: 1e-7, output: 4e-7)), ("openai", "gpt-y", nil),
        ("openai", "half", nil), ("openai", "negative", nil),
        ("groq", "llama", TokenPrice(input: 2e-7, output: 0)), ("groq", "gpt-x", nil),
        ("ollama", "llama", TokenPrice(input: 0, output: 0)), ("generic-openai", "gpt-x", nil),
        ("extractive", "", nil),
    ]

    @Test(
        "hosted models cost what the list says, one's own servers nothing, others what nobody knows", arguments: cases)
    func price(provider: String, model: String, price: TokenPrice?) throws {
        let catalog = try catalog()
        #expect(catalog.price(of: try catalog.model(provider: provider, model: model)) == price)
    }

    @Test("without a list only the price of one's own servers is known")
    func noList() throws {
        let catalog = try catalog(list: nil)
        #expect(catalog.price(of: try catalog.model(provider: "openai", model: "gpt-x")) == nil)
        #expect(catalog.price(of: try catalog.model(provider: "ollama", model: "x")) == TokenPrice.free)
    }

    @Test("costs are rounded to ten decimals")
    func rounding() {
        let cost = TokenPrice(input: 1e-7 / 3, output: 4e-7).cost(promptTokens: 10, completionTokens: 7)
        #expect(cost == (input: 3.333e-7, output: 2.8e-6, total: 3.1333e-6))
    }

    @Test("what is no JSON is refused", arguments: ["", "{", "[1"])
    func broken(_ text: String) {
        #expect(throws: (any Error).self) { try PriceList(json: Array(text.utf8)) }
    }

    @Test("every provider that has a rule exists")
    func rules() {
        for row in ProviderTable.rows where ["openai", "ollama", "anthropic"].contains(row.id) {
            #expect(PriceRule.of(provider: row.id) != .unknown)
        }
        #expect(PriceRule.of(provider: "apipie") == .unknown)
        #expect(Set(ProviderTable.rows.map(\.id)).isSuperset(of: PriceRule.rules.keys))
    }
}
