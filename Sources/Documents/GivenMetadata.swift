import OrderedJSON

/// The metadata that a client gave with a document, as far as it is kept for filters: every key, but no text that is
/// longer than anybody compares.
enum GivenMetadata {
    /// Bytes of JSON of one value, and of all together.
    private static let (valueLimit, totalLimit) = (16_384, 262_144)

    static func kept(_ metadata: JSONObject) -> JSONObject {
        var kept: [(String, JSONValue)] = []
        var total = 0
        for member in metadata {
            let size = member.key.utf8.count + member.value.encoded().count
            guard size <= valueLimit, total + size <= totalLimit else { continue }
            total += size
            kept.append((member.key, member.value))
        }
        return JSONObject(kept)
    }
}
