import CKernels
import Testing

@testable import SentenceEmbedding

struct GoldenModelTests {
    @Test("the token ids of every golden line are equal")
    func tokenIDs() throws {
        let model = try TestModel.shared.get()
        let lines = try Golden.lines()
        #expect(lines.count >= 33)
        for line in lines { #expect(model.tokenIDs(of: line.text) == line.ids, "\(line.text.prefix(80))") }
    }

    @Test("embeddings reach a cosine of 0.99999 to the golden ones, one by one and all in one batch")
    func embeddings() throws {
        let model = try TestModel.shared.get()
        let lines = try Golden.lines()
        var scratch = BertScratch()
        let together = model.embed(lines.map(\.text), scratch: &scratch)
        for (line, fromBatch) in zip(lines, together) {
            let alone = model.embed([line.text], scratch: &scratch)
            for vector in alone + [fromBatch] {
                #expect(Golden.cosine(vector, line.embedding) >= 0.99999, "\(line.text.prefix(80))")
                #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
            }
        }
    }

    @Test("every kernel table gives the golden embeddings", arguments: KernelCases.sets.map(\.rawValue))
    func everyKernelTable(set: UInt32) throws {
        let kernels = try #require(Kernels.of(ck_instruction_set(rawValue: set)))
        let model = try SentenceModel(EmbeddingModelFiles(folder: TestModel.folder()), kernels: kernels)
        var scratch = BertScratch()
        for line in try Golden.lines() where line.ids.count < 40 {
            let vector = try #require(model.embed([line.text], scratch: &scratch).first)
            #expect(Golden.cosine(vector, line.embedding) >= 0.99999, "\(line.text)")
        }
    }

    @Test("sizes read from the shapes are those of config.json")
    func sizes() throws {
        let files = try EmbeddingModelFiles(folder: TestModel.folder())
        let weights = try SafetensorsFile(path: files.weights)
        let fromShapes = try BertConfiguration(weights: weights, prefix: "", path: nil)
        #expect(fromShapes.hiddenSize == 384)
        #expect(fromShapes.heads == 12)
        #expect(fromShapes.layers == 6)
        #expect(fromShapes.intermediateSize == 1536)
        #expect(fromShapes.positions == 512)
        if let path = files.configuration {
            #expect(try BertConfiguration(weights: weights, prefix: "", path: path) == fromShapes)
        }
    }
}
