import Testing

@testable import TokenCounting

@Suite("token_count_estimate")
struct DocumentTokenEstimateTests {
    private struct FixedCounter: TokenCounter {
        func count(_ text: String) -> Int { 7 }
        func tokenEnds(of text: String) -> [Int] { [] }
    }

    @Test(
        "texts of up to 5119 units are counted, longer ones and special tokens are measured",
        arguments: [
            (String(repeating: "a", count: 5_119), 7), (String(repeating: "a", count: 5_120), 640),
            (String(repeating: "a", count: 5_121), 641), (String(repeating: "😀", count: 2_560), 640), ("", 7),
            ("<|endoftext|>", 2), ("see <|fim_prefix|>", 3), ("<|endofprompt|", 7), ("<<|endoftext|>", 2),
        ])
    func rule(_ text: String, _ expected: Int) {
        #expect(DocumentTokenEstimate.count(text, with: FixedCounter()) == expected)
    }
}
