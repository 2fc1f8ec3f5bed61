import Foundation
import TestSupport

/// The built program and what it needs to run.
enum CarrelProgram {
    static let path = PackageRoot.path(".build/release/carrel")

    struct MissingModel: Error, CustomStringConvertible {
        let folder: String
        var description: String { "There is no embedding model in \(folder). Run `make model` first." }
    }

    /// The folder of the native embedder's files: `CARREL_MODEL_DIR`, or the one that `make model` fills.
    ///
    /// - Throws: ``MissingModel``.
    static func modelFolder() throws -> String {
        let given = ProcessInfo.processInfo.environment["CARREL_MODEL_DIR"] ?? ""
        let folder = given.isEmpty ? PackageRoot.path(".carrel/model") : given
        for file in ["model.safetensors", "vocab.txt"]
        where !FileManager.default.fileExists(atPath: folder + "/" + file) {
            throw MissingModel(folder: folder)
        }
        return folder
    }

    /// Settings that keep a server inside `folder`, whatever the environment of the tests says.
    static func settings(in folder: TemporaryDirectory) -> [String: String] {
        [
            "STORAGE_DIR": folder.file("storage"), "CARREL_TOKENIZER_DIR": folder.file("tokenizers"),
            "CARREL_LISTEN": "unix:" + folder.file("carrel.sock"), "CARREL_NGINX_KEY_MAP": folder.file("keys.map"),
            "CARREL_NGINX_RELOAD": "", "LLM_PROVIDER": "extractive", "OPEN_AI_KEY": "", "OPENAI_BASE_URL": "",
            "EMBEDDING_ENGINE": "native",
        ]
    }

    /// Runs a subcommand to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> ProcessResult {
        try await ProcessServer.run(path, arguments, environment: environment)
    }
}
