import OrderedJSON
public import Storage

/// The instance's phrases of one kind. They are few, so they are kept as one setting.
public struct Phrases: Sendable {
    private let kind: PhraseKind
    private let database: CarrelDatabase

    public init(_ kind: PhraseKind, _ database: CarrelDatabase) {
        self.kind = kind
        self.database = database
    }

    /// In the order in which they were added.
    public func all() throws -> [Phrase] { try database.read { try Self.all(kind, $0) } }

    /// Adds a phrase behind the others, or gives it another text.
    ///
    /// - Throws: ``PhraseRefusal`` for a name that no message or prompt could have, ``StorageError``.
    public func set(_ phrase: Phrase) throws {
        try kind.check(phrase.name)
        try database.write { try Self.set(phrase, kind, $0) }
    }

    /// - Returns: whether there was such a phrase.
    public func remove(_ name: String) throws -> Bool {
        try database.write { transaction in
            var phrases = try Self.all(kind, transaction)
            let count = phrases.count
            phrases.removeAll { $0.name == name }
            try Self.keep(phrases, kind, transaction)
            return phrases.count < count
        }
    }

    static func all(_ kind: PhraseKind, _ transaction: Transaction) throws -> [Phrase] {
        parse(try transaction.setting(kind.rawValue))
    }

    /// - Parameter phrase: with a name that has been checked.
    static func set(_ phrase: Phrase, _ kind: PhraseKind, _ transaction: Transaction) throws {
        var phrases = try all(kind, transaction)
        if let place = phrases.firstIndex(where: { $0.name == phrase.name }) {
            phrases[place] = phrase
        } else {
            phrases.append(phrase)
        }
        try keep(phrases, kind, transaction)
    }

    private static func keep(_ phrases: [Phrase], _ kind: PhraseKind, _ transaction: Transaction) throws {
        let list = JSONValue.array(phrases.map { ["name": .string($0.name), "text": .string($0.text)] })
        try transaction.setSetting(kind.rawValue, to: phrases.isEmpty ? nil : list.text)
    }

    private static func parse(_ text: String?) -> [Phrase] {
        // Written by this program; what was damaged reads as empty, because no chat must fail of it.
        let list = text.flatMap { try? JSONParser.parse($0) }?.arrayValue ?? []
        return list.compactMap { item in
            guard let name = item["name"]?.stringValue, let text = item["text"]?.stringValue else { return nil }
            return Phrase(name: name, text: text)
        }
    }
}
