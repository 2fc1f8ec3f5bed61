public import OrderedJSON

/// The metadata keys of raw texts with their types (`contract/documents.md` 5.6).
public enum MetadataSchema {
    /// The whole answer: `{"schema":{…}}`.
    public static let answer: JSONValue = [
        "schema": [
            "url": "string | nullable",
            "title": "string",
            "docAuthor": "string | nullable",
            "description": "string | nullable",
            "docSource": "string | nullable",
            "chunkSource": "string | nullable",
            "published": "epoch timestamp in ms | nullable",
        ]
    ]
}
