import Hummingbird

/// The parameters after the question mark; the first of equal names counts.
struct QueryParameters {
    private let values: [String: String]

    init(_ request: Request) {
        var values: [String: String] = [:]
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = FormURLEncoded.decoded(parts[0])
            if values[name] == nil { values[name] = parts.count > 1 ? FormURLEncoded.decoded(parts[1]) : "" }
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name] }
}
