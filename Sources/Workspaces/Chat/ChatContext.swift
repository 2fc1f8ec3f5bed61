import LanguageModels
import OrderedJSON

/// The texts that the model is given and the sources that the client is shown, which are not the same: passages
/// taken from earlier answers are given, but not shown (contract/chat.md 10.4).
struct ChatContext: Sendable {
    private(set) var texts: [String] = []
    private(set) var sources: [JSONValue] = []
    private(set) var passages: [ContextPassage] = []
    private var hits: [SearchHit] = []

    var isEmpty: Bool { texts.isEmpty }

    /// Adds a document given whole.
    mutating func add(_ document: WholeDocument) {
        texts.append(document.text)
        sources.append(.object(document.source))
        passages.append(ContextPassage(title: document.metadata["title"]?.stringValue, text: document.text))
    }

    mutating func add(_ hits: [SearchHit]) {
        self.hits = hits
        for hit in hits {
            texts.append(hit.text)
            sources.append(.object(hit.source))
            passages.append(ContextPassage(title: hit.metadata["title"]?.stringValue, text: hit.text))
        }
    }

    /// Fills up to `limit` passages from the sources of earlier answers, newest first (contract/chat.md 10.2).
    mutating func backfill(from history: [EarlierExchange], upTo limit: Int, pinned: Set<String>) {
        var count = hits.count
        var used = Set(hits.map(\.id))
        for exchange in history.reversed() {
            for source in exchange.sources {
                if count >= limit { return }
                guard let object = source.objectValue, object["score"] != nil,
                    let text = object["text"]?.stringValue, let id = object["id"]?.stringValue,
                    !used.contains(id), !isPinned(object, pinned)
                else { continue }
                used.insert(id)
                count += 1
                texts.append(text)
                passages.append(ContextPassage(title: object["title"]?.stringValue, text: text))
            }
        }
    }

    private func isPinned(_ source: JSONObject, _ pinned: Set<String>) -> Bool {
        DocumentIdentity.of(source).map(pinned.contains) ?? false
    }
}
