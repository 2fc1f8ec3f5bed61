import Testing

@testable import TokenCounting

@Suite("Estimated token counts")
struct EstimatedTokenCounterTests {
    private let counter = EstimatedTokenCounter()

    @Test("the estimate is within 10 % of the exact count", arguments: EstimateSamples.all)
    func accuracy(_ sample: EstimateSamples.Sample) {
        let ratio = Double(counter.count(sample.text)) / Double(sample.tokens)
        #expect((0.9...1.1).contains(ratio), "\(sample.language): \(ratio)")
    }

    @Test("the exact counter agrees with the recorded counts", arguments: EstimateSamples.all)
    func exact(_ sample: EstimateSamples.Sample) {
        guard let encoder = TokenizerFile.requireEncoder() else { return }
        #expect(encoder.count(sample.text) == sample.tokens)
    }

    @Test(
        "ends agree with the count, ascend and end with the text",
        arguments: EstimateSamples.all.map(\.text) + TokenGoldens.cases.map(\.text))
    func ends(_ text: String) {
        let ends = counter.tokenEnds(of: text)
        #expect(ends.count == counter.count(text))
        #expect(ends.last ?? 0 == text.utf8.count)
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("an empty text has no tokens, any other at least one", arguments: ["a", " ", "\n", "é", "1"])
    func small(_ text: String) {
        #expect(counter.count("") == 0)
        #expect(counter.count(text) == 1)
    }
}
