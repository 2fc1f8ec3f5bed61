import ArgumentParser

/// `carrel keys`: API keys, known to the server and to nginx by their hashes only.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create, list and revoke API keys; works beside a running server.",
        subcommands: [
            CreateKeyCommand.self, ListKeysCommand.self, RevokeKeyCommand.self, PublishKeysCommand.self,
        ])
}
