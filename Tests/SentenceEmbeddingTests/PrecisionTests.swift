import CKernels
import Testing

@testable import SentenceEmbedding

struct PrecisionTests {
    private static let bytes = Result {
        try SentenceModel(EmbeddingModelFiles(folder: TestModel.folder()), precision: .int8)
    }

    private static let words = Result {
        try SentenceModel(EmbeddingModelFiles(folder: TestModel.folder()), precision: .int16)
    }

    @Test("with 16-bit weights the golden texts keep the cosine that is asked of fp32")
    func goldenWords() throws { try expectGolden(Self.words.get(), cosine: 0.99999) }

    @Test("with 8-bit weights the golden texts keep a cosine of 0.99 to fp32, one by one and in one batch")
    func goldenBytes() throws { try expectGolden(Self.bytes.get(), cosine: 0.99) }

    private func expectGolden(_ model: SentenceModel, cosine: Double) throws {
        let lines = try Golden.lines()
        var scratch = BertScratch()
        let together = model.embed(lines.map(\.text), scratch: &scratch)
        for (line, fromBatch) in zip(lines, together) {
            for vector in model.embed([line.text], scratch: &scratch) + [fromBatch] {
                #expect(Golden.cosine(vector, line.embedding) >= cosine, "\(line.text.prefix(80))")
            }
        }
    }

    @Test(
        "every kernel table gives the golden embeddings with 16-bit weights",
        arguments: KernelCases.sets.map(\.rawValue))
    func goldenTables(set: UInt32) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let model = try SentenceModel(
            EmbeddingModelFiles(folder: TestModel.folder()), precision: .int16, kernels: kernels)
        var scratch = BertScratch()
        for line in try Golden.lines() where line.ids.count < 40 {
            let vector = try #require(model.embed([line.text], scratch: &scratch).first)
            #expect(Golden.cosine(vector, line.embedding) >= 0.99999, "\(line.text)")
        }
    }

    @Test(
        "passages of 1,000 characters keep a cosine of 0.999999 to fp32 with 16-bit weights, of 0.995 with 8-bit ones")
    func passages() throws {
        let prose = try Golden.lines().map(\.text).filter { $0.utf8.count > 20 }.joined(separator: " ")
        let words = prose.split(separator: " ")
        let texts = (0..<6).map { start in
            String(words[(start * 40 % words.count)...].joined(separator: " ").prefix(1000))
        }
        let exact = try TestModel.shared.get()
        var scratch = BertScratch()
        let expected = exact.embed(texts, scratch: &scratch)
        for (model, cosine) in [(Self.words, 0.999999), (Self.bytes, 0.995)] {
            let found = try model.get().embed(texts, scratch: &scratch)
            for (a, b) in zip(found, expected) { #expect(Golden.cosine(a, b) >= cosine) }
        }
    }

    @Test(
        "every kernel table gives the same with weights of integers", arguments: KernelCases.sets.map(\.rawValue),
        [(EmbeddingPrecision.int16, 0.9999999), (.int8, 0.9999)])
    func tables(set: UInt32, precision: (kind: EmbeddingPrecision, cosine: Double)) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let scalar = try #require(Kernels.of(ck_scalar))
        let files = try EmbeddingModelFiles(folder: TestModel.tinyFolder)
        let model = try SentenceModel(files, precision: precision.kind, kernels: kernels)
        let reference = try SentenceModel(files, precision: precision.kind, kernels: scalar)
        var scratch = BertScratch()
        let texts = ["", "water", "how do I delete a workspace", String(repeating: "the vector search ", count: 40)]
        let expected = reference.embed(texts, scratch: &scratch)
        for (a, b) in zip(model.embed(texts, scratch: &scratch), expected) {
            // Sums are equal; attention and norms round differently, and may push an activation over a step.
            #expect(Golden.cosine(a, b) >= precision.cosine)
        }
    }

    @Test("int8 is part of the embedder's name; vectors of fp32 and int16 stand side by side under one")
    func names() throws {
        let files = try EmbeddingModelFiles(folder: TestModel.tinyFolder)
        let plain = try NativeEmbedder(files: files, name: "tiny", threads: 1)
        let integers = try NativeEmbedder(files: files, name: "tiny", threads: 1, precision: .int8)
        let words = try NativeEmbedder(files: files, name: "tiny", threads: 1, precision: .int16)
        #expect(plain.identifier == "native/tiny" && plain.precision == .fp32)
        #expect(words.identifier == "native/tiny" && words.precision == .int16)
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
