/// Lets a client's hang-up cancel the part of a request that is of use to its client alone.
///
/// A request that is answered all at once otherwise runs to its end, as in the reference, whoever still waits: its
/// changes are made whole. The parts that may be given up, the conversion of a file and the fetching of a link, come
/// before the first change.
public struct HangUp: Sendable {
    /// For work that no connection waits for.
    public static let never = HangUp(begin: {}, end: { false })

    private let begin: @Sendable () async -> Void
    private let end: @Sendable () async -> Bool

    /// - Parameters:
    ///   - begin: after it, a hang-up cancels the task.
    ///   - end: after it, none does any more; it tells whether there was one.
    public init(begin: @escaping @Sendable () async -> Void, end: @escaping @Sendable () async -> Bool) {
        self.begin = begin
        self.end = end
    }

    /// Does work that a hang-up cancels.
    ///
    /// - Throws: what `work` throws; `CancellationError` when the client has hung up though the work was done. Either way
    ///   the request must change nothing.
    func cancels<Result>(_ work: () async throws -> Result) async throws -> Result {
        await begin()
        let result: Result
        do {
            result = try await work()
        } catch {
            _ = await end()
            throw error
        }
        if await end() { throw CancellationError() }
        return result
    }
}
