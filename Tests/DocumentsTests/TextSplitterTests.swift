import Documents
import Testing
import TestSupport

@Suite("Splitting text into chunks")
struct TextSplitterTests {
    private static let ferry = "Ferry tickets must be shown at the pier gate"

    struct Case: Sendable {
        var text: String
        var size: Int
        var overlap: Int
        var chunks: [String]
    }

    @Test(
        "vectors of the contract and edges",
        arguments: [
            Case(
                text: ferry + ferry, size: 20, overlap: 0,
                chunks: [
                    "Ferry tickets must", "be shown at the", "pier gateFerry", "tickets must be", "shown at the pier",
                    "gate",
                ]),
            Case(
                text: ferry + ferry, size: 30, overlap: 20,
                chunks: [
                    "Ferry tickets must be shown at", "must be shown at the pier", "shown at the pier gateFerry",
                    "the pier gateFerry tickets", "gateFerry tickets must be", "tickets must be shown at the",
                    "be shown at the pier gate",
                ]),
            Case(
                text: "abcdefghijabcdefghijabcdefghij", size: 10, overlap: 3,
                chunks: ["abcdefghij", "hijabcdefg", "efghijabcd", "bcdefghij"]),
            Case(
                text: "para one\n\npara two\n\n\npara three is longer", size: 20, overlap: 5,
                chunks: ["para one\n\npara two", "para three is", "is longer"]),
            Case(
                text: """
                    Alpha beta gamma.
                    Delta epsilon zeta eta theta.

                    Iota kappa lambda mu nu xi omicron pi rho sigma.
                    """, size: 24, overlap: 8,
                chunks: [
                    "Alpha beta gamma.", "Delta epsilon zeta eta", "eta theta.", "Iota kappa lambda mu nu",
                    "mu nu xi omicron pi rho", "pi rho sigma.",
                ]),
            Case(text: " \n\t\u{FEFF}\u{3000} ", size: 10, overlap: 2, chunks: []),
            Case(text: "", size: 10, overlap: 0, chunks: []),
            Case(text: "short", size: 24, overlap: 8, chunks: ["short"]),
            Case(text: "😀😀😀😀😀", size: 5, overlap: 2, chunks: ["😀😀", "😀😀", "😀😀", "😀😀"]),
            Case(text: "ab", size: 1, overlap: 0, chunks: ["a", "b"]),
            Case(text: "😀a", size: 1, overlap: 0, chunks: ["😀", "a"]),
            Case(text: "a\r\n\r\nb", size: 4, overlap: 0, chunks: ["a", "b"]),
            Case(text: "\u{85}x\u{200B}", size: 9, overlap: 0, chunks: ["\u{85}x\u{200B}"]),
        ])
    func vectors(_ example: Case) throws {
        let splitter = try TextSplitter(chunkSize: example.size, overlap: example.overlap)
        #expect(splitter.split(example.text) == example.chunks)
    }

    @Test("an overlap that is not below the size is refused", arguments: [(10, 10), (10, 11), (0, 0)])
    func refused(_ size: Int, _ overlap: Int) {
        #expect(throws: TextSplitterError.overlapNotBelowChunkSize) {
            try TextSplitter(chunkSize: size, overlap: overlap)
        }
        #expect(TextSplitterError.overlapNotBelowChunkSize.description == "Cannot have chunkOverlap >= chunkSize")
    }

    @Test("agrees with a word-for-word reading of the contract", arguments: 0..<400)
    func reference(_ seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("aab é😀 \n\n\n\r\t\u{3000}")
        let text = String((0..<random.next(120)).map { _ in alphabet[random.next(alphabet.count)] })
        let size = 1 + random.next(20)
        let overlap = random.next(size)
        let expected = ReferenceSplitter(size: size, overlap: overlap).split(text)
        #expect(try TextSplitter(chunkSize: size, overlap: overlap).split(text) == expected, "seed \(seed)")
    }

    @Test("splitting a chunk again changes nothing", arguments: 0..<50)
    func idempotent(_ seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let text = String((0..<300).map { _ in Array("ab cd\n")[random.next(6)] })
        let splitter = try TextSplitter(chunkSize: 25, overlap: 5)
        for chunk in splitter.split(text) { #expect(splitter.split(chunk) == [chunk]) }
    }
}
