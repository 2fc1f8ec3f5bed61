import Foundation

@testable import SentenceEmbedding

/// The default model for tests, and a tiny one that is in the repository.
enum TestModel {
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    /// The folder named by `CARREL_TEST_MODEL`, else `.carrel/model` under the package root.
    static func folder() throws -> String {
        let named = ProcessInfo.processInfo.environment["CARREL_TEST_MODEL"]
        var root = URL(fileURLWithPath: #filePath)
        while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        let folder = named ?? root.appending(path: ".carrel/model").path
        guard FileManager.default.fileExists(atPath: folder + "/model.safetensors") else {
            throw Missing(
                description: "These tests need the default model, which is not in \(folder). Run `make test`, which "
                    + "fetches it, or `carrel model fetch`, or name a folder with model.safetensors and vocab.txt in "
                    + "CARREL_TEST_MODEL.")
        }
        return folder
    }

    static func resource(_ path: String) -> String {
        Bundle.module.bundlePath + "/Resources/" + path
    }

    /// The numbers of a tensor; its memory may end with the tensor.
    static func array(_ tensor: FloatTensor) -> [Float] { withExtendedLifetime(tensor) { Array(tensor.values) } }

    static var tinyFolder: String { resource("tiny-cross-encoder") }

    /// One model for all tests of this process: loading takes longer than most of them.
    static let shared = Result {
        try SentenceModel(EmbeddingModelFiles(folder: folder()))
    }
}
