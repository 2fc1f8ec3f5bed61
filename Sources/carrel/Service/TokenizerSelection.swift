import Foundation
import Logging
import TokenCounting

/// Exact token counts when the rank file is installed, estimates otherwise.
struct TokenizerSelection {
    let settings: Settings

    func counter(_ logger: Logger) -> any TokenCounter {
        let file = URL(filePath: settings.text("CARREL_TOKENIZER_DIR")).appending(path: "cl100k_base.tiktoken")
        guard FileManager.default.fileExists(atPath: file.path) else { return EstimatedTokenCounter() }
        do {
            return try BytePairEncoder(rankFile: Array(Data(contentsOf: file)))
        } catch {
            logger.warning(
                "tokenizer unusable; tokens are estimated",
                metadata: ["tokenizer.file": .string(file.path), "error.reason": "\(error)"])
            return EstimatedTokenCounter()
        }
    }
}
