import Foundation
import Testing

@testable import TokenCounting

/// Finds the rank files, which are not part of the repository: in the folder of `CARREL_TEST_TOKENIZER`, which names
/// that of `cl100k_base`, or in `.carrel/tokenizers` of the package.
enum TokenizerFile {
    static let encoder = load(.cl100k, from: path)
    static let newerEncoder = load(.o200k, from: newerPath)

    /// Nil without the file, after a failure where the environment says that it has to be there.
    static func requireEncoder(_ encoding: TokenEncoding = .cl100k) -> BytePairEncoder? {
        let encoder = encoding == .cl100k ? encoder : newerEncoder
        if encoder == nil, ProcessInfo.processInfo.environment["CARREL_REQUIRE_TOKENIZER"] != nil {
            Issue.record(
                "no rank file \(encoding.rawValue).tiktoken beside CARREL_TEST_TOKENIZER or in .carrel/tokenizers")
        }
        return encoder
    }

    private static func load(_ encoding: TokenEncoding, from path: String?) -> BytePairEncoder? {
        guard let path, let data = FileManager.default.contents(atPath: path) else { return nil }
        // A broken file counts as none.
        return try? BytePairEncoder(rankFile: Array(data), encoding: encoding)
    }

    private static var newerPath: String? {
        path.map { URL(filePath: $0).deletingLastPathComponent().appending(path: "o200k_base.tiktoken").path }
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
