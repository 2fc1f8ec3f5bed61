import GRDB

/// Cuts texts into the words that lexical search compares, inside SQLite (sqlite.org/fts5.html, "Custom Tokenizers").
///
/// Words are SQLite's own: runs of letters and digits in lower case without diacritics (`unicode61`), English endings
/// cut off (`porter`, which leaves other languages alike on both sides). To these it adds two things:
/// - Chinese, Japanese and Korean have no spaces between words, so their runs become overlapping pairs of characters.
///   The last character of a run comes alone too: a single one is then found as the beginning of a pair.
/// - Parts of a code (`RX-4417b`) are also one word without the punctuation (`rx4417b`), because people leave it out.
///
/// What this makes of a text is stored: see ``V003SearchWords`` before changing it.
final class LexicalTokenizer: FTS5CustomTokenizer {
    static let name = "carrel"

    private let words: any FTS5Tokenizer

    init(db: Database, arguments: [String]) throws {
        words = try db.makeTokenizer(
            FTS5TokenizerDescriptor(components: ["porter", "unicode61", "remove_diacritics", "2"]))
    }

    func tokenize(
        context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization, pText: UnsafePointer<CChar>?, nText: CInt,
        tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        let text = UnsafeRawBufferPointer(start: pText, count: pText == nil ? 0 : Int(nText))
        var output = LexicalTokens(
            text: text, isDocument: tokenization.contains(.document), context: context, emit: tokenCallback)
        return withUnsafeMutablePointer(to: &output) { output in
            words.tokenize(context: output, tokenization: tokenization, pText: pText, nText: nText) {
                context, flags, token, length, start, end in
                guard let context, let token else { return 0 }
                return context.assumingMemoryBound(to: LexicalTokens.self).pointee.accept(
                    UnsafeRawBufferPointer(start: token, count: Int(length)), flags: flags, from: start, to: end)
            }
        }
    }
}
