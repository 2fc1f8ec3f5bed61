import Hummingbird
import OrderedJSON
import Workspaces

/// `DELETE /v1/system/remove-documents` (contract/system.md 3.7).
struct DeleteDocuments: Endpoint {
    private let remove: RemoveDocuments

    init(_ dependencies: Dependencies) { remove = RemoveDocuments(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .error)
        guard let names = Self.names(body["names"]) else { return .plain(.internalServerError) }
        do {
            try remove(names)
        } catch is LibraryRefusal {
            return .plain(.internalServerError)
        }
        return .json(.ok, ["success": true, "message": "Documents removed successfully"])
    }

    /// Bytes of a text that is taken for a list.
    private static let textLimit = 4_096

    /// A text is a list of its characters, as it is in JavaScript; nil for what is no list, and for elements that are no
    /// names.
    private static func names(_ value: JSONValue?) -> [String?]? {
        switch value {
        case .array(let names): names.map(\.stringValue)
        case .string(let text) where text.utf8.count <= textLimit: text.unicodeScalars.map { String($0) }
        default: nil
        }
    }
}
