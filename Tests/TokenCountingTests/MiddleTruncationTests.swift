import Testing

@testable import TokenCounting

@Suite("Cutting the middle out")
struct MiddleTruncationTests {
    /// One token per byte, so that cuts can be counted by hand.
    private struct ByteCounter: TokenCounter {
        func count(_ text: String) -> Int { text.utf8.count }
        func tokenEnds(of text: String) -> [Int] {
            Array((0...text.utf8.count).dropFirst())
        }
    }

    @Test(
        "half of what is too much goes on each side of the middle",
        arguments: [
            ("abcdefghij", 0, "abcdefghij"), ("", 5, ""), ("abc", 4, "abc"), ("abcdefghij", 10, "abcde|fghij"),
            ("abcdefghij", 6, "abc|hij"), ("abcdefghij", 5, "ab|ij"), ("abcdefghij", 5.5, "abc|hij"),
            ("abcdefghijk", 5, "ab|ijk"), ("abcdefghij", 1, "|"), ("aéb", 4, "a\u{FFFD}|\u{FFFD}b"),
        ] as [(String, Double, String)])
    func cuts(_ text: String, _ target: Double, _ expected: String) {
        #expect(ByteCounter().cuttingMiddle(of: text, to: target, marker: "|") == expected)
    }

    @Test("both counters keep about the target", arguments: EstimateSamples.all)
    func keepsTarget(_ sample: EstimateSamples.Sample) {
        let counters: [any TokenCounter] = [EstimatedTokenCounter()] + (TokenizerFile.encoder.map { [$0] } ?? [])
        for counter in counters {
            let cut = counter.cuttingMiddle(of: sample.text, to: 60, marker: "")
            #expect((50...70).contains(counter.count(cut)))
            #expect(sample.text.hasPrefix(String(cut.prefix(20))))
        }
    }
}
