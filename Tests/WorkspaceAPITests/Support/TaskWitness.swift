import TestSupport

/// Notices tasks that go on after the work that began them has ended.
///
/// Task-local values are inherited by child tasks and by `Task`, and are held until the task has ended; the
/// detached task that closes idle connections is not seen.
final class TaskWitness: Sendable {
    @TaskLocal private static var current: TaskWitness?

    private let ended: ManualCounter

    private init(_ ended: ManualCounter) { self.ended = ended }

    deinit { ended.increment() }

    /// Does the work, and returns once no task is left that was begun in it; a test that waits for ever has found one.
    static func ends(_ work: () async throws -> Void) async throws {
        let ended = ManualCounter()
        try await watch(work, ended)
        await ended.reaches(1)
    }

    /// Does the work, and counts when all tasks have ended that were begun in it.
    static func watch(_ work: () async throws -> Void, _ ended: ManualCounter) async throws {
        try await $current.withValue(TaskWitness(ended)) { try await work() }
    }
}
