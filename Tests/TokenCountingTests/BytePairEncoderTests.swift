import Testing

@testable import TokenCounting

@Suite("Byte-pair encoding")
struct BytePairEncoderTests {
    @Test("tokens equal those of tiktoken", arguments: TokenGoldens.cases)
    func goldens(_ example: TokenGoldens.Case) {
        guard let encoder = TokenizerFile.requireEncoder() else { return }
        #expect(encoder.encode(example.text) == example.tokens)
        #expect(encoder.count(example.text) == example.tokens.count)
        #expect(encoder.tokenEnds(of: example.text).count == example.tokens.count)
    }

    @Test("tokens of o200k_base equal those of tiktoken", arguments: NewerTokenGoldens.cases)
    func newerGoldens(text: String, tokens: [Int]) {
        guard let encoder = TokenizerFile.requireEncoder(.o200k) else { return }
        #expect(encoder.encode(text) == tokens)
        #expect(encoder.count(text) == tokens.count)
        #expect(encoder.tokenEnds(of: text).last ?? 0 == text.utf8.count)
    }

    @Test("a long piece merges as the short ones do, in whatever order the pairs are looked for")
    func heapAgreesWithScan() throws {
        let encoder = try BytePairEncoder(rankFile: Self.smallFile)
        let unit = "abcabdabx"
        let long = String(repeating: unit, count: 40)
        let expected = Self.slowEncode(long)
        #expect(encoder.encode(long) == expected)
        #expect(encoder.encode(unit) == Self.slowEncode(unit))
    }

    @Test("the small vocabulary merges the lowest rank first, the leftmost of equals")
    func smallVocabulary() throws {
        let encoder = try BytePairEncoder(rankFile: Self.smallFile)
        #expect(encoder.encode("aaa") == [259, 97])
        #expect(encoder.encode("abc") == [257])
        #expect(encoder.encode("") == [])
    }

    @Test(
        "a bad rank file is refused with its line",
        arguments: [
            ("IQ==", BytePairError.badLine(1)), ("IQ== x", .badLine(1)), ("IQ== 1", .badRank(line: 1)),
            ("IQ= 0", .badLine(1)), ("I*== 0", .badLine(1)), ("IQ== 0\nIg== 0", .badRank(line: 2)),
            ("==== 0", .badLine(1)), ("IQ== 99999999999999999999", .badLine(1)), ("", .missingByte(0)),
            ("IQ== 0", .missingByte(0)),
        ])
    func badFile(_ file: String, _ expected: BytePairError) {
        #expect(throws: expected) { try BytePairEncoder(rankFile: Array(file.utf8)) }
        #expect(!expected.description.isEmpty)
    }

    private static let merges = ["ab", "abc", "bx", "aa", "cab", "abd"]

    /// All bytes, then the merges.
    private static let smallFile: [UInt8] = {
        let tokens = (UInt8.min...UInt8.max).map { [$0] } + merges.map { Array($0.utf8) }
        return tokens.enumerated().flatMap { Array("\(base64($1)) \($0)\n".utf8) }
    }()

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let padded = group + Array(repeating: 0, count: 3 - group.count)
            let bits = padded.reduce(0) { $0 << 8 | Int($1) }
            for digit in 0..<4 {
                text.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : "=")
            }
        }
        return text
    }

    /// The definition of the merge, word for word.
    private static func slowEncode(_ text: String) -> [Int] {
        var parts = text.utf8.map { [$0] }
        func rank(_ part: [UInt8]) -> Int? {
            part.count == 1 ? Int(part[0]) : merges.firstIndex { Array($0.utf8) == part }.map { $0 + 256 }
        }
        while true {
            let pairs = parts.indices.dropLast().compactMap { index in
                rank(parts[index] + parts[index + 1]).map { ($0, index) }
            }
            guard let (_, index) = pairs.min(by: { $0 < $1 }) else { break }
            parts[index] += parts.remove(at: index + 1)
        }
        return parts.compactMap(rank)
    }
}
