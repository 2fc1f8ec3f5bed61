import AnythingLLMImport
import Storage

/// Takes the presets or the variables. Users have presets of their own in the source and share them here.
struct ImportPhrases {
    let kind: PhraseKind
    let phrases: [ForeignPhrase]

    /// A phrase that has another text here, or got one from an earlier row, keeps it.
    func callAsFunction(
        _ count: inout ImportReport.Count, _ notes: inout [String], _ transaction: Transaction
    ) throws {
        var known: [String: String] = [:]
        for phrase in try Phrases.all(kind, transaction) { known[phrase.name] = phrase.text }
        for phrase in phrases {
            count.found += 1
            do throws(PhraseRefusal) {
                try kind.check(phrase.name)
            } catch {
                notes.append("\(phrase.name) is not imported: \(error)")
                continue
            }
            if let text = known[phrase.name] {
                count.present += 1
                if text != phrase.text { notes.append("\(phrase.name) keeps the text that it has here.") }
                continue
            }
            known[phrase.name] = phrase.text
            try Phrases.set(Phrase(name: phrase.name, text: phrase.text), kind, transaction)
            count.imported += 1
        }
    }
}
