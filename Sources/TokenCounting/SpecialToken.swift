/// The control tokens of `cl100k_base`. Counters treat them as text, as `contract/chat.md` 11.2 asks.
enum SpecialToken {
    static let names = [
        "<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|endofprompt|>",
    ]

    static func occurs(in text: String) -> Bool {
        let bytes = Array(text.utf8)
        var start = 0
        while let open = bytes[start...].firstIndex(of: UInt8(ascii: "<")) {
            if encodedNames.contains(where: { bytes[open...].starts(with: $0) }) { return true }
            start = open + 1
        }
        return false
    }

    private static let encodedNames = names.map { Array($0.utf8) }
}
