import ArgumentParser

/// `carrel model`: the weights of the native embedder.
struct Model: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Install the weights of the native embedder.", subcommands: [FetchModelCommand.self])
}
