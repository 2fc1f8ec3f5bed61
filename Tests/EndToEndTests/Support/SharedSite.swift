import TestSupport
import Testing

/// One server for all tests of a suite, started before the first and stopped after the last.
struct SharedSite: SuiteTrait, TestScoping {
    /// The site of the suite that is running.
    @TaskLocal static var current: Site?
    /// The provider `generic-openai` of that site.
    @TaskLocal static var upstream: ChatUpstream?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        // Every line that could be logged is logged, so that tests can look for what must not be.
        let site = try await Site(upstream.settings.merging(["CARREL_LOG_LEVEL": "trace"]) { $1 }, usesModel: true)
        try await Self.$current.withValue(site) {
            try await Self.$upstream.withValue(upstream) { try await function() }
        }
        #expect(await site.server.stop() == 0)
    }
}

extension Trait where Self == SharedSite {
    static var sharedSite: SharedSite { SharedSite() }
}

/// The tests that need no server of their own; each makes its own workspaces.
@Suite("A server behind nginx", .sharedSite, .timeLimit(.minutes(5)))
struct ServerBehindNginx {}
