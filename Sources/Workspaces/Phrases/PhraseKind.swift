/// What phrases stand for; each kind is one setting of the instance.
public enum PhraseKind: String, Sendable {
    /// Commands in messages, such as `/summary` (contract/chat.md 5.2).
    case presets = "slash_command_presets"
    /// Variables in system prompts, beside the built-in ones, which win (contract/system-prompt.md 3.3).
    case variables = "system_prompt_variables"

    /// - Throws: ``PhraseRefusal`` with the rule.
    func check(_ name: String) throws(PhraseRefusal) {
        let isAllowed =
            switch self {
            case .presets: name.wholeMatch(of: #/\/[a-z0-9_-]{1,25}/#) != nil
            case .variables: name.wholeMatch(of: #/[A-Za-z0-9_]{3,255}/#) != nil
            }
        if !isAllowed { throw PhraseRefusal(rule) }
    }

    private var rule: String {
        switch self {
        case .presets: "A command is a slash and 1 to 25 small letters, digits, \"_\" or \"-\"."
        case .variables: "A variable is 3 to 255 letters, digits and underscores."
        }
    }
}
