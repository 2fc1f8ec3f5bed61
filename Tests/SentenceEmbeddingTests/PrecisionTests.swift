import CKernels
import Testing

@testable import SentenceEmbedding

struct PrecisionTests {
    private static let integers = Result {
        try SentenceModel(EmbeddingModelFiles(folder: TestModel.folder()), precision: .int8)
    }

    @Test("with 8-bit weights the golden texts keep a cosine of 0.99 to fp32, one by one and in one batch")
    func golden() throws {
        let model = try Self.integers.get()
        let lines = try Golden.lines()
        var scratch = BertScratch()
        let together = model.embed(lines.map(\.text), scratch: &scratch)
        for (line, fromBatch) in zip(lines, together) {
            for vector in model.embed([line.text], scratch: &scratch) + [fromBatch] {
                #expect(Golden.cosine(vector, line.embedding) >= 0.99, "\(line.text.prefix(80))")
            }
        }
    }

    @Test("with 8-bit weights passages of 1,000 characters keep a cosine of 0.99 to fp32")
    func passages() throws {
        let prose = try Golden.lines().map(\.text).filter { $0.utf8.count > 20 }.joined(separator: " ")
        let words = prose.split(separator: " ")
        let texts = (0..<6).map { start in
            String(words[(start * 40 % words.count)...].joined(separator: " ").prefix(1000))
        }
        let exact = try TestModel.shared.get()
        var scratch = BertScratch()
        let expected = exact.embed(texts, scratch: &scratch)
        let found = try Self.integers.get().embed(texts, scratch: &scratch)
        for (a, b) in zip(found, expected) { #expect(Golden.cosine(a, b) >= 0.995) }
    }

    @Test("every kernel table gives the same with 8-bit weights", arguments: KernelCases.sets.map(\.rawValue))
    func tables(set: UInt32) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let scalar = try #require(Kernels.of(ck_scalar))
        let files = try EmbeddingModelFiles(folder: TestModel.tinyFolder)
        let model = try SentenceModel(files, precision: .int8, kernels: kernels)
        let reference = try SentenceModel(files, precision: .int8, kernels: scalar)
        var scratch = BertScratch()
        let texts = ["", "water", "how do I delete a workspace", String(repeating: "the vector search ", count: 40)]
        let expected = reference.embed(texts, scratch: &scratch)
        for (a, b) in zip(model.embed(texts, scratch: &scratch), expected) {
            // Sums are equal; attention and norms round differently, and may push an activation over a step.
            #expect(Golden.cosine(a, b) >= 0.9999)
        }
    }

    @Test("the precision is part of the embedder's name, fp32 being the plain one")
    func names() throws {
        let files = try EmbeddingModelFiles(folder: TestModel.tinyFolder)
        let plain = try NativeEmbedder(files: files, name: "tiny", threads: 1)
        let integers = try NativeEmbedder(files: files, name: "tiny", threads: 1, precision: .int8)
        #expect(plain.identifier == "native/tiny" && plain.precision == .fp32)
        #expect(integers.identifier == "native/tiny-int8" && integers.precision == .int8)
        #expect(EmbeddingPrecision(rawValue: "int8") == .int8)
        #expect(EmbeddingPrecision(rawValue: "INT4") == nil)
    }

    @Test("what is read after the pages were given back is the same")
    func releasedPages() throws {
        let file = try SafetensorsFile(path: TestModel.tinyFolder + "/model.safetensors")
        let before = Array(file.file.bytes)
        file.file.releasePages()
        #expect(file.file.withBytes { Array($0) } == before)
    }

    @Test("buffers are aligned to a cache line and keep what is written", arguments: [0, 1, 1000, 65_536, 100_000])
    func buffers(count: Int) {
        let buffer = FloatBuffer(count: count)
        #expect(Int(bitPattern: buffer.start) % 64 == 0)
        for index in 0..<count { buffer.start[index] = Float(index) }
        let isKept = (0..<count).allSatisfy { buffer.start[$0] == Float($0) }
        #expect(isKept)
        #expect(buffer.count == count)
    }
}
