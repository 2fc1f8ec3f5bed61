import ArgumentParser

/// The program: `carrel serve` and the commands that administer it.
@main
struct Carrel: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "carrel",
        abstract: "Retrieval-augmented chat over your documents, served over FastCGI behind nginx.",
        discussion: """
            Settings are environment variables, or lines of a file named with --env-file. `carrel config` shows them \
            with their effective values.
            """,
        version: version,
        subcommands: [
            Serve.self, Keys.self, DocumentsCommand.self, Watch.self, Import.self, Config.self, Model.self,
            Presets.self, Variables.self, IsolateCommand.self,
        ])
}
