import ArgumentParser
import Workspaces

/// `carrel variables`: variables of system prompts beside the built-in ones.
struct Variables: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set, list and remove variables of system prompts, which are written {like_this} there.",
        subcommands: [Set.self, List.self, Remove.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a variable or change its value.")

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The name, without braces.")
        var name: String

        @Argument(help: "The value.")
        var value: String

        func run() async throws { try await PhraseAdministration(.variables, options).set(name, value) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the variables: name, value.")

        @OptionGroup var options: SettingsOptions

        func run() async throws { try await PhraseAdministration(.variables, options).list() }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a variable.")

        @OptionGroup var options: SettingsOptions

        @Argument(help: "The name.")
        var name: String

        func run() async throws { try await PhraseAdministration(.variables, options).remove(name) }
    }
}
