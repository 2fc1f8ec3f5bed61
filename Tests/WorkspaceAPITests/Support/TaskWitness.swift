import Synchronization

/// Notices tasks that go on after the work that began them has ended.
///
/// Task-local values are inherited by child tasks and by `Task`, and are held until the task has ended; detached tasks,
/// of which there are none, would not be seen.
final class TaskWitness: Sendable {
    @TaskLocal private static var current: TaskWitness?

    private init() {}

    /// Does the work, and returns once no task is left that was begun in it; a test that waits for ever has found one.
    static func ends(_ work: () async throws -> Void) async throws {
        let left = try await withWitness(work)
        while !left() { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Does the work.
    ///
    /// - Returns: whether all tasks have ended that were begun in it.
    static func withWitness(_ work: () async throws -> Void) async throws -> @Sendable () -> Bool {
        let witness = TaskWitness()
        let reference = Reference(witness)
        try await $current.withValue(witness) { try await work() }
        return { reference.isGone }
    }

    private final class Reference: Sendable {
        private let witness: Mutex<Weak>

        init(_ witness: TaskWitness) { self.witness = Mutex(Weak(object: witness)) }

        var isGone: Bool { witness.withLock { $0.object == nil } }
    }

    private struct Weak {
        weak var object: TaskWitness?
    }
}
