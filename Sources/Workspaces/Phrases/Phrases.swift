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
    public func all() throws -> [Phrase] { try database.read { Self.parse(try $0.setting(kind.rawValue)) } }

    /// Adds a phrase behind the others, or gives it another text.
    ///
    /// - Throws: ``PhraseRefusal`` for a name that no message or prompt could have, ``StorageError``.
    public func set(_ phrase: Phrase) throws {
        try kind.check(phrase.name)
        try change { phrases in
            if let place = phrases.firstIndex(where: { $0.name == phrase.name }) {
                phrases[place] = phrase
            } else {
                phrases.append(phrase)
            }
        }
    }

    /// - Returns: whether there was such a phrase.
    public func remove(_ name: String) throws -> Bool {
        try change { phrases in
            let count = phrases.count
            phrases.removeAll { $0.name == name }
            return phrases.count < count
        }
    }

    @discardableResult
    private func change<Result>(_ body: (inout [Phrase]) -> Result) throws -> Result {
        try database.write { transaction in
            var phrases = Self.parse(try transaction.setting(kind.rawValue))
            let result = body(&phrases)
            let list = JSONValue.array(phrases.map { ["name": .string($0.name), "text": .string($0.text)] })
            try transaction.setSetting(kind.rawValue, to: phrases.isEmpty ? nil : list.text)
            return result
        }
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
