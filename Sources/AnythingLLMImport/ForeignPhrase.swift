/// A row of `slash_command_presets` or `system_prompt_variables` (contract/storage.md, tables).
public struct ForeignPhrase: Sendable, Equatable {
    /// A command with its slash, or the key of a variable.
    public var name: String
    public var text: String
}

extension ForeignPhrase {
    /// Nil without a command or a prompt.
    init?(preset row: ForeignRow) {
        guard let name = row.text("command"), let text = row.text("prompt") else { return nil }
        self.init(name: name, text: text)
    }

    /// Nil without a key or a value.
    init?(variable row: ForeignRow) {
        guard let name = row.text("key"), let text = row.text("value") else { return nil }
        self.init(name: name, text: text)
    }
}
