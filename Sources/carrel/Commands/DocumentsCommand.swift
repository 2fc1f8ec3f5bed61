import ArgumentParser

/// `carrel documents`: the library of a running server.
struct DocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents", abstract: "Add documents to a workspace of a running server.",
        subcommands: [AddDocumentsCommand.self])
}
