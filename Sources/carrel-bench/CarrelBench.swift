import ArgumentParser

/// The benchmarks: each checks its own answers, stands beside a peer where there is one, and names its budget.
@main
struct CarrelBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carrel-bench",
        abstract: "Measure Carrel beside its peers on this machine.",
        discussion: """
            Run from the top of the repository: nginx/serve-local and the peers are found from there. A missed budget \
            is shown; only a wrong answer makes the command fail.
            """,
        // With arguments of its own this command would take the names of the others for them.
        subcommands: [MeasureCommand.self, VectorsCommand.self, EmbedCommand.self, IngestCommand.self],
        defaultSubcommand: MeasureCommand.self)
}
