import Storage

/// Commands of the administrator that stand for longer texts in messages (contract/chat.md 5.2).
enum SlashPreset {
    /// The message with all presets expanded, one after the other; the text of one may hold the command of a later one.
    ///
    /// - Throws: ``StorageError``.
    static func expandAll(_ message: String, _ dependencies: Dependencies) throws -> String {
        // Most messages have no slash, and are spared the question.
        guard message.utf8.contains(UInt8(ascii: "/")) else { return message }
        return try Phrases(.presets, dependencies.database).all().reduce(message) { expand($1, in: $0) }
    }

    /// The message with the text in place of each command: one at its start or behind white space that is not the
    /// beginning of a longer word.
    static func expand(_ preset: Phrase, in message: String) -> String {
        let (text, command) = (Array(message.unicodeScalars), Array(preset.name.unicodeScalars))
        guard !command.isEmpty, text.count >= command.count else { return message }
        // An array: a string's view of its scalars copies all of it for each sequence that is appended.
        var expanded: [Unicode.Scalar] = []
        var position = 0
        while position < text.count {
            let end = position + command.count
            if position == 0 || Self.isSpace(text[position - 1]), text[position...].starts(with: command),
                end == text.count || !Self.continuesWord(text[end])
            {
                expanded += preset.text.unicodeScalars
                position = end
            } else {
                expanded.append(text[position])
                position += 1
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: expanded)
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value == 0xFEFF
    }

    private static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
