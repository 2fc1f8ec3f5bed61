import ArgumentParser
import Workspaces

/// `carrel presets`: commands in messages that stand for longer texts.
struct Presets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set, list and remove slash presets: texts that stand for a command in messages.",
        subcommands: [Set.self, List.self, Remove.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a preset or change its text.")

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The command, such as /summary.")
        var command: String

        @Argument(help: "The text that takes its place.")
        var text: String

        func run() async throws { try await PhraseAdministration(.presets, options).set(command, text) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the presets: command, text.")

        @OptionGroup var options: SettingsOptions

        func run() async throws { try await PhraseAdministration(.presets, options).list() }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a preset.")

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The command.")
        var command: String

        func run() async throws { try await PhraseAdministration(.presets, options).remove(command) }
    }
}
