import HTTPTypes
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// Reads a search from a request body: the fields of contract/vectors.md 2.1, coerced as the reference coerces them,
/// and Carrel's own, which are refused when they are wrong because nobody sends them by accident.
enum SearchFields {
    /// Neighbours on each side.
    private static let contextLimit = 10

    /// - Throws: ``APIError`` 400.
    static func request(_ body: JSONObject) throws -> SearchRequest {
        guard let query = body["query"]?.stringValue, !query.isEmpty else {
            throw refusal("Query parameter cannot be empty.")
        }
        return SearchRequest(
            query: query, mode: try mode(body["mode"]), topN: topN(body["topN"]),
            threshold: threshold(body["scoreThreshold"]),
            filter: try present(body["filter"]).map { try MetadataFilterJSON.filter($0) },
            maxPerDocument: try integer(body["maxPerDocument"], "maxPerDocument", 1...1_000_000),
            neighbours: try integer(body["context"], "context", 0...contextLimit) ?? 0,
            showsPlace: try flag(body["chunkPosition"], "chunkPosition"))
    }

    static func refusal(_ reason: String) -> APIError { APIError(.badRequest, .message, reason) }

    /// Null is what a client sends for a field that it leaves open.
    private static func present(_ value: JSONValue?) -> JSONValue? {
        guard let value, !value.isNull else { return nil }
        return value
    }

    private static func mode(_ value: JSONValue?) throws -> SearchMode? {
        guard let value = present(value) else { return nil }
        if value == "default" { return .normal }
        guard let mode = value.stringValue.flatMap(SearchMode.init(rawValue:)) else {
            throw refusal("mode must be one of normal, default, hybrid, rerank, lexical.")
        }
        return mode
    }

    private static func integer(_ value: JSONValue?, _ key: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = present(value) else { return nil }
        guard let number = value.integerValue, range.contains(number) else {
            throw refusal("\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    private static func flag(_ value: JSONValue?, _ key: String) throws -> Bool {
        guard let value = present(value) else { return false }
        guard let flag = value.boolValue else { throw refusal("\(key) must be true or false.") }
        return flag
    }

    /// Fractions are cut off; nil, for the workspace's own, when it is no number or below 1.
    private static func topN(_ value: JSONValue?) -> Int? {
        guard let value, let number = JavaScriptNumber.number(value), number >= 1 else { return nil }
        return Int(min(number, 1e9))
    }

    /// Nil, for the workspace's own, when it is no number from 0 to 1.
    private static func threshold(_ value: JSONValue?) -> Double? {
        guard let value, let number = JavaScriptNumber.parseFloat(value), (0...1).contains(number) else { return nil }
        return number
    }
}
