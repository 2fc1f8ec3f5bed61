import OrderedJSON

/// JSON texts of the database. They were written by this program; one that was damaged reads as empty.
enum StoredJSON {
    static func object(_ text: String, without unwanted: Set<String> = []) -> JSONObject {
        // A row that does not parse must not make a listing or a chat fail (contract/chat.md 8.1).
        (try? JSONParser.parse(text, without: unwanted))?.objectValue ?? [:]
    }
}
