import OrderedJSON
import Workspaces

extension SearchHit {
    /// Keys of the document that vector search shows, two of them renamed (contract/vectors.md 2.3).
    private static let shownKeys = [
        ("url", "url"), ("title", "title"), ("docAuthor", "author"), ("description", "description"),
        ("docSource", "docSource"), ("chunkSource", "chunkSource"), ("published", "published"),
        ("wordCount", "wordCount"), ("token_count_estimate", "tokenCount"),
    ]

    /// The hit as vector search shows it: absent keys absent, then what the request asked for beyond the contract.
    var result: JSONObject {
        var shown = JSONObject()
        for (key, name) in Self.shownKeys {
            if let value = metadata[key] { shown[name] = value }
        }
        if let page { shown["page"] = JSONValue(page) }
        var result: JSONObject = [
            "id": .string(id), "text": .string(text), "metadata": .object(shown),
            "distance": distance.map { .number($0) } ?? .null, "score": .number(score),
        ]
        if let parts {
            result["vectorScore"] = .number(parts.vector)
            result["lexicalScore"] = .number(parts.lexical)
        }
        if let place {
            result["chunkIndex"] = JSONValue(place.index)
            result["chunkCount"] = JSONValue(place.count)
        }
        return result
    }

    /// The same with the texts around the passage, in the document's order.
    var resultWithContext: JSONObject {
        var result = result
        if let place {
            result["context"] = [
                "before": .array(place.before.map(JSONValue.string)),
                "after": .array(place.after.map(JSONValue.string)),
            ]
        }
        return result
    }
}

extension SearchResult {
    /// - Parameter wantsContext: whether the request asked for neighbours.
    func json(wantsContext: Bool) -> JSONValue {
        .array(hits.map { .object(wantsContext ? $0.resultWithContext : $0.result) })
    }
}
