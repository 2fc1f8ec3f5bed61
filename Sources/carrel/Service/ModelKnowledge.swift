import Foundation
import LanguageModels
import Logging
import TokenCounting

/// What is known of models and lies in files beside the program: vocabularies and prices.
struct ModelKnowledge {
    let settings: Settings

    private static let priceFile = "prices.json"

    /// Exact token counts where a rank file is installed, estimates otherwise.
    func counters(_ logger: Logger) -> TokenCounters {
        let directory = directory
        let newer = LoadedOnce<any TokenCounter> { Self.encoder(.o200k, directory, logger) }
        return TokenCounters(standard: Self.encoder(.cl100k, directory, logger) ?? EstimatedTokenCounter()) {
            encoding in
            encoding == .o200k ? newer.value : nil
        }
    }

    /// The list of prices; without its file costs are not told.
    func prices(_ logger: Logger) -> @Sendable () -> PriceList? {
        let file = directory.appending(path: Self.priceFile)
        let list = LoadedOnce<PriceList> {
            Self.load(file, logger, "price list unusable; costs are not told") { try PriceList(json: $0) }
        }
        return { list.value }
    }

    private var directory: URL { URL(filePath: settings.text("CARREL_TOKENIZER_DIR")) }

    private static func encoder(_ encoding: TokenEncoding, _ directory: URL, _ logger: Logger) -> (any TokenCounter)? {
        let file = directory.appending(path: encoding.rawValue + ".tiktoken")
        return load(file, logger, "tokenizer unusable; tokens are estimated") {
            try BytePairEncoder(rankFile: $0, encoding: encoding)
        }
    }

    /// Nil without the file, and after a warning when it is no such file.
    private static func load<Value>(
        _ file: URL, _ logger: Logger, _ warning: Logger.Message, _ read: ([UInt8]) throws -> Value
    ) -> Value? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try read(Array(Data(contentsOf: file)))
        } catch {
            logger.warning(
                warning, metadata: ["model.file": .string(file.path), "error.reason": "\(error)"])
            return nil
        }
    }
}
