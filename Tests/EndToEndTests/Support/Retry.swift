import TestSupport

/// Looks again until something has happened that nobody reports: nginx's reload, the work of a server whose client left.
enum Retry {
    /// Each look is a request through nginx, so this is tens of seconds: it only ends a test that has failed.
    private static let limit = 2_000

    /// - Parameter look: nil to look again.
    /// - Throws: ``ProcessFailure/late(_:)``, and what `look` throws.
    static func until<Result>(_ what: String, _ look: () async throws -> Result?) async throws -> Result {
        for _ in 0..<limit {
            if let result = try await look() { return result }
        }
        throw ProcessFailure.late(what)
    }
}
