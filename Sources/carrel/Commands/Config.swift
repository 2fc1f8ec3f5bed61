import ArgumentParser
import Foundation

/// `carrel config`: the settings as the server would see them.
struct Config: AsyncParsableCommand {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case values
        case markdown
        case environment
    }

    static let configuration = CommandConfiguration(
        abstract: "Show the effective settings; secrets are redacted.",
        discussion: "Exits with an error that names key, value and rule when a setting is wrong.")

    @OptionGroup var options: SettingsOptions

    @Option(
        help: "values; or, without looking at values: markdown (the README's table), environment (the sample file).")
    var format = Form.values

    func run() async throws {
        switch format {
        case .values: try await printValues()
        case .markdown: print(SettingDocuments.markdownTable)
        case .environment: print(SettingDocuments.sampleEnvironment, terminator: "")
        }
    }

    private func printValues() async throws {
        let settings = try await options.load()
        for declaration in SettingTable.all {
            let given = settings.given(declaration.key)
            let value = given ?? declaration.standard
            let shown =
                declaration.isSecret && value?.isEmpty == false ? "(redacted)" : Self.withoutPassword(value ?? "")
            let note = given == nil ? (declaration.standard == nil ? "  # not set" : "  # default") : ""
            print("\(declaration.key)=\(shown)\(note)")
        }
    }

    /// An address may have a name and a password in front of its host.
    private static func withoutPassword(_ value: String) -> String {
        guard let scheme = value.range(of: "://") else { return value }
        let authority = value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return value }
        return value[..<scheme.upperBound] + "(redacted)" + value[at...]
    }
}
