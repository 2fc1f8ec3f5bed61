public import OrderedJSON

/// The chunks of one document with their vectors, as AnythingLLM cached them (contract/storage.md 6).
public struct CachedChunks: Sendable, Equatable {
    public struct Chunk: Sendable, Equatable {
        /// What was embedded: prefix, header and body.
        public var text: String
        public var vector: [Float]
    }

    /// In the order of the document; at least one; vectors of one length, finite.
    public var chunks: [Chunk]
    /// The document's keys at the time of embedding.
    public var metadata: JSONObject

    /// - Throws: ``CacheFault`` for anything but batches of records that fit together.
    init(json: JSONValue) throws(CacheFault) {
        guard let batches = json.arrayValue else { throw .malformed }
        var chunks: [Chunk] = []
        var metadata: JSONObject?
        for batch in batches {
            guard let records = batch.arrayValue else { throw .malformed }
            for record in records {
                let keys = Self.first(of: ["metadata", "payload", "properties"], in: record)?.objectValue
                guard let keys, let text = keys["text"]?.stringValue?.replacing("\0", with: "\u{FFFD}"),
                    let numbers = Self.first(of: ["values", "vector"], in: record)?.arrayValue
                else { throw .malformed }
                if metadata == nil { metadata = keys }
                chunks.append(Chunk(text: text, vector: try Self.vector(numbers)))
            }
        }
        guard let length = chunks.first?.vector.count, length > 0 else { throw .empty }
        guard chunks.allSatisfy({ $0.vector.count == length }) else { throw .mixedDimensions }
        self.chunks = chunks
        self.metadata = metadata ?? [:]
    }

    private static func first(of keys: [String], in record: JSONValue) -> JSONValue? {
        keys.lazy.compactMap { record[$0] }.first
    }

    private static func vector(_ numbers: [JSONValue]) throws(CacheFault) -> [Float] {
        var vector: [Float] = []
        vector.reserveCapacity(numbers.count)
        for number in numbers {
            guard let value = number.numberValue, Float(value).isFinite else { throw .notFinite }
            vector.append(Float(value))
        }
        return vector
    }
}
