import Crypto
import Foundation
public import Storage

/// Creates, lists and revokes API keys (contract/system.md 2). The key itself is stored nowhere.
public struct APIKeys: Sendable {
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case malformed
        case exists

        public var description: String {
            switch self {
            case .malformed: "A key is 8 to 128 visible ASCII characters without spaces or quotes."
            case .exists: "This key exists already."
            }
        }
    }

    private let database: CarrelDatabase
    private let source: ValueSource

    public init(_ database: CarrelDatabase, source: ValueSource = .system) {
        self.database = database
        self.source = source
    }

    /// - Parameters:
    ///   - name: what the key is for; blank is none.
    ///   - key: nil for a fresh one.
    /// - Returns: the key, which cannot be read again.
    /// - Throws: ``Failure``, ``StorageError``.
    public func create(name: String?, key: String?) throws -> String {
        let key = key ?? Self.fresh()
        guard Self.isWellFormed(key) else { throw Failure.malformed }
        let trimmed = name?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        var record = KeyRecord(name: trimmed.isEmpty ? nil : trimmed, hash: Self.hash(key), createdAt: source.now())
        do {
            try database.write { try $0.insert(&record) }
        } catch let error as StorageError where error.code == .notUnique(column: "keys.hash") {
            throw Failure.exists
        }
        return key
    }

    /// All keys in the order of their creation.
    public func all() throws -> [APIKey] { try database.read { try $0.keys() }.map(APIKey.init) }

    /// - Returns: whether there was such a key.
    public func revoke(id: Int64) throws -> Bool { try database.write { try $0.deleteKey(id: id) } }

    /// Whether nginx's map can hold the key: no spaces, no quotes.
    static func isWellFormed(_ key: String) -> Bool {
        (8...128).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 }
    }

    /// SHA-256 of the key, base64url without padding: 43 characters, as njs computes it.
    static func hash(_ key: String) -> String {
        Data(SHA256.hash(data: Data(key.utf8))).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Four groups of seven characters of Crockford's base 32: 140 random bits.
    static func fresh() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var generator = SystemRandomNumberGenerator()
        let groups = (0..<4).map { _ in
            String((0..<7).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        }
        return groups.joined(separator: "-")
    }
}
