import Glibc
import OrderedJSON
import Workspaces

extension JSONWriter {
    /// The documents of a listing, those without the keys that all must have left out (contract/documents.md 5.1).
    mutating func libraryItems(_ items: [LibraryItem]) {
        beginArray()
        for item in items { libraryItem(item) }
        endArray()
    }

    /// About how many bytes ``libraryItems(_:)`` writes.
    static func size(of items: [LibraryItem]) -> Int {
        items.reduce(0) { $0 + $1.name.utf8.count + $1.metadataText.utf8.count + 128 }
    }

    /// One document as listings show it; nothing when it lacks a key.
    private mutating func libraryItem(_ item: LibraryItem) {
        switch item.storedKeys {
        case .incomplete: break
        case .canonical:
            beginObject()
            member("name", item.name)
            member("type", "file")
            // The stored text as it is, without its braces: libraries are large, and reading it costs much more.
            var text = item.metadataText
            text.withUTF8 { encoded(UnsafeBufferPointer(rebasing: $0.dropFirst().dropLast())) }
            member("cached", item.cached)
            member("canWatch", false)
            key("pinnedWorkspaces")
            beginArray()
            for workspace in item.pinnedWorkspaces { number(Int(workspace)) }
            endArray()
            member("watched", item.watched)
            endObject()
        case .other:
            let listed = item.listed
            if let listed { value(listed) }
        }
    }
}

extension LibraryItem {
    /// Keys without which an item is not listed (contract/documents.md 5.1).
    private static let required: [StaticString] = [
        "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
        "token_count_estimate",
    ]

    /// Keys that the listing writes itself; a stored one of that name would stand in its place.
    private static let own: [StaticString] = ["name", "type", "cached", "canWatch", "pinnedWorkspaces", "watched"]

    fileprivate enum StoredKeys {
        /// It has all required ones and none of ours, in a text that can be handed on as it is.
        case canonical
        case incomplete
        case other
    }

    fileprivate var storedKeys: StoredKeys {
        var found = 0
        var isForeign = false
        var text = metadataText
        let isCanonical = text.withUTF8 { json in
            FlatObject.isCanonical(json) { key in
                if Self.required.contains(where: { Self.isEqual(key, $0) }) { found += 1 }
                if Self.own.contains(where: { Self.isEqual(key, $0) }) { isForeign = true }
            }
        }
        if !isCanonical || isForeign { return .other }
        // No key is there twice.
        return found == Self.required.count ? .canonical : .incomplete
    }

    private static func isEqual(_ key: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
        key.count == name.utf8CodeUnitCount
            && key.baseAddress.map { memcmp($0, name.utf8Start, key.count) == 0 } ?? true
    }

    /// The document as lists show it, member by member; nil when it lacks a required key.
    var listed: JSONValue? {
        let stored = metadata
        guard Self.required.allSatisfy({ stored["\($0)"] != nil }) else { return nil }
        var object = single
        object["canWatch"] = false
        object["pinnedWorkspaces"] = .array(pinnedWorkspaces.map { JSONValue(Int($0)) })
        object["watched"] = .bool(watched)
        return .object(object)
    }

    /// The document alone (contract/documents.md 5.4).
    var single: JSONObject {
        var object: JSONObject = ["name": .string(name), "type": "file"]
        for member in metadata { object[member.key] = member.value }
        object["cached"] = .bool(cached)
        return object
    }
}
