import Foundation
import Testing

@testable import TokenCounting

/// Finds the rank file of `cl100k_base`, which is not part of the repository: in `CARREL_TEST_TOKENIZER`, or in
/// `.carrel/tokenizers` of the package.
enum TokenizerFile {
    static let encoder: BytePairEncoder? = {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? BytePairEncoder(rankFile: Array(data))
    }()

    /// Nil without the file, after a failure where the environment says that it has to be there.
    static func requireEncoder() -> BytePairEncoder? {
        if encoder == nil, ProcessInfo.processInfo.environment["CARREL_REQUIRE_TOKENIZER"] != nil {
            Issue.record("no rank file in CARREL_TEST_TOKENIZER or .carrel/tokenizers/cl100k_base.tiktoken")
        }
        return encoder
    }

    private static var path: String? {
        if let path = ProcessInfo.processInfo.environment["CARREL_TEST_TOKENIZER"] { return path }
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
                return folder.appending(path: ".carrel/tokenizers/cl100k_base.tiktoken").path
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
