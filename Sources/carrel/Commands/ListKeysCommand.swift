import ArgumentParser
import Workspaces

struct ListKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys: id, date of creation, name.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        for key in try await KeyAdministration(options).keys.all() {
            print("\(key.id)\t\(ISODate.text(key.createdAt))\t\(key.name ?? "")")
        }
    }
}
