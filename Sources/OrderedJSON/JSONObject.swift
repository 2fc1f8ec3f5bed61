/// The members of a JSON object in the order in which they were written.
///
/// A key that comes twice keeps its first place and its last value, as `JSON.parse` does
/// (ECMA-262, `JSON.parse` and `CreateDataProperty`). Objects here have tens of keys, for which a linear
/// search is faster than hashing; the parser hashes the keys of larger ones.
///
/// Keys are equal when their bytes are: `String`'s `==` would take the composed and the decomposed form of a
/// letter for the same key, which JSON does not.
public struct JSONObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSONValue
    }

    public private(set) var members: [Member]

    public init() { members = [] }

    /// Of two pairs with the same key the first place and the last value count.
    public init(_ pairs: [(String, JSONValue)]) {
        var builder = JSONObjectBuilder()
        for (key, value) in pairs { builder.add(key, value) }
        self = builder.object
    }

    /// The value of `key`; setting nil removes the member, setting a new key appends it.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key.hasSameBytes(as: key) }?.value }
        set {
            let place = members.firstIndex { $0.key.hasSameBytes(as: key) }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    public var keys: [String] { members.map(\.key) }
    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }

    /// Appends without looking for an equal key: for a parser that has checked, or keys known to differ.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }

    /// Replaces the value at a place that a parser has remembered.
    mutating func replace(at place: Int, _ value: JSONValue) { members[place].value = value }
}

extension String {
    func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // Bytes in memory: the views' own iterators decode as they go.
        let result = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) }
        }
        return (result ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> some IteratorProtocol<Member> { members.makeIterator() }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
