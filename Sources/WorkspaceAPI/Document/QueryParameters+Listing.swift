import Foundation
import HTTPTypes
import Workspaces

extension QueryParameters {
    /// `search`, `updatedSince`, `offset` and `limit` of a listing.
    ///
    /// - Parameter standardLimit: documents a page when the request does not say; nil for all.
    /// - Throws: 400 for an `updatedSince` that is no time.
    func listing(standardLimit: Int?) throws -> ListingQuery {
        ListingQuery(
            search: self["search"].flatMap { $0.isEmpty ? nil : $0 }, updatedSince: try updatedSince, offset: offset,
            limit: limit(default: standardLimit))
    }

    /// Whether the request asks for a part of the tree.
    var hasListing: Bool { ["search", "updatedSince", "offset", "limit"].contains { self[$0]?.isEmpty == false } }

    /// Milliseconds since 1970, or a date of ISO 8601.
    private var updatedSince: Int64? {
        get throws {
            guard let text = self["updatedSince"], !text.isEmpty else { return nil }
            if let milliseconds = Int64(text) { return milliseconds }
            let formats: [Date.ISO8601FormatStyle] = [.init(includingFractionalSeconds: true), .init()]
            for format in formats {
                // Another form of it follows, or the refusal.
                if let date = try? format.parse(text) { return Int64((date.timeIntervalSince1970 * 1000).rounded()) }
            }
            throw APIError(
                .badRequest, .error,
                "updatedSince must be milliseconds since 1970 or a date such as 2026-03-04T09:15:27Z.")
        }
    }
}
