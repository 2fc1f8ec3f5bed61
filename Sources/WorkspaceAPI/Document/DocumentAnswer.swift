import Hummingbird
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// The answers that the endpoints adding documents share (contract/documents.md 4).
enum DocumentAnswer {
    static func stored(_ records: [JSONObject]) -> Response {
        .json(.ok, ["success": true, "error": nil, "documents": .array(records.map(JSONValue.object))])
    }

    static func refused(_ refusal: LibraryRefusal) -> Response {
        switch refusal.kind {
        case .unprocessable:
            APIError(.unprocessableContent, .document, refusal.reason).response
        case .conversion:
            .json(
                .internalServerError, ["success": false, "error": .string(refusal.reason), "documents": []])
        case .malformed:
            APIError(.internalServerError, .document, refusal.reason).response
        }
    }

    /// The slugs of `addToWorkspaces`; falsy values are none.
    ///
    /// - Throws: 422 for what is neither a text nor falsy (contract/documents.md 3.2).
    static func workspaces(_ value: JSONValue?) throws -> String? {
        guard let value, JavaScriptText.isTruthy(value) else { return nil }
        guard case .string(let slugs) = value else {
            throw APIError(
                .unprocessableContent, .document,
                "addToWorkspaces must be a string of comma-separated workspace slugs. Got \(JavaScriptText.typeName(value))"
            )
        }
        return slugs
    }

    /// `?onDuplicate=`; `keep` without it.
    ///
    /// - Throws: 422 for anything that is no rule.
    static func duplicateRule(_ request: Request) throws -> DuplicateRule {
        guard let text = QueryParameters(request)["onDuplicate"], !text.isEmpty else { return .keep }
        guard let rule = DuplicateRule(rawValue: text) else {
            throw APIError(.unprocessableContent, .document, "onDuplicate must be keep, skip or replace.")
        }
        return rule
    }
}
