import HTTPTypes
import Hummingbird
import JavaScriptSemantics
import NIOCore
import OrderedJSON
import Workspaces

/// The answers that the endpoints adding documents share (contract/documents.md 4).
enum DocumentAnswer {
    static func stored(_ records: [JSONObject]) -> Response {
        .json(.ok, ["success": true, "error": nil, "documents": .array(records.map(JSONValue.object))])
    }

    /// The same for a text that is too large to be held in memory: it is read once more while it is sent.
    static func stored(_ large: StoredLargeText) -> Response {
        var json = JSONWriter(reserving: 4096)
        var opening = 0
        json.beginObject()
        json.member("success", true)
        json.member("error", JSONValue.null)
        json.key("documents")
        json.beginArray()
        json.beginObject()
        for member in large.record {
            json.member(member.key, member.value)
            // Between the quotes of the empty text, all the pieces.
            if member.key == "pageContent" { opening = json.bytes.count - 1 }
        }
        json.endObject()
        json.endArray()
        json.endObject()
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody { [opening, bytes = json.bytes] writer in
                try await writer.write(ByteBuffer(bytes: bytes[..<opening]))
                try await write(large.pieces, to: &writer)
                try await writer.write(ByteBuffer(bytes: bytes[opening...]))
                try await writer.finish(nil)
            })
    }

    private static func write(_ pieces: TextPieceReader, to writer: inout any ResponseBodyWriter) async throws {
        var pieces = pieces
        while let piece = try pieces.next() {
            var json = JSONWriter(reserving: piece.utf8.count + 2)
            json.string(piece)
            try await writer.write(ByteBuffer(bytes: json.bytes.dropFirst().dropLast()))
        }
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
        case .conflict:
            APIError(.conflict, .document, refusal.reason).response
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
