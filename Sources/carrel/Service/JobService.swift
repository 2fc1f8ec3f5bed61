import ServiceLifecycle
import Workspaces

/// Works on embedding jobs as long as the server serves; they are paused when it stops.
struct JobService: Service {
    private let runner: JobRunner

    init(_ runner: JobRunner) { self.runner = runner }

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run() }
    }
}
