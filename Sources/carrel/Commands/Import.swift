import ArgumentParser

/// `carrel import`: what other programs have stored.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take the storage of another program over.", subcommands: [ImportAnythingLLMCommand.self])
}
