import Foundation
import Glibc
import Synchronization

/// A child process that runs beside a test: started at once, told to end when the last reference goes.
///
/// Output goes to files, not pipes, so that a talkative child never blocks. Nothing here polls with a clock: the end of
/// the process is an event, and readiness is systemd's protocol (sd_notify(3)), which the child sees as `NOTIFY_SOCKET`.
public final class ProcessServer: Sendable {
    private struct State {
        var status: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []
    }

    public let identifier: Int32
    private let directory: TemporaryDirectory
    private let notifySocket: Int32
    private let executable: String
    private let exit: Exit

    /// Kept apart from the server, because the thread that waits for the end must not keep the server alive.
    private final class Exit: Sendable {
        let state = Mutex(State())

        /// Reaps under the lock that ``ProcessServer/signal(_:)`` takes, so that no signal goes to a reused id.
        func ended(_ reap: () -> Int32) {
            let (status, waiting) = state.withLock { state in
                let status = reap()
                state.status = status
                defer { state.waiting = [] }
                return (status, state.waiting)
            }
            for continuation in waiting { continuation.resume(returning: status) }
        }
    }

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - executable: a path, or a name that is looked up in `PATH`.
    ///   - environment: added to, and winning over, the environment of the test process.
    ///   - input: what the process reads from its standard input; empty means end of file at once.
    /// - Throws: ``ProcessFailure``.
    public init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], input: [UInt8] = [],
        workingDirectory: String? = nil
    ) throws {
        directory = try TemporaryDirectory()
        self.executable = executable
        let notifyPath = directory.file("notify")
        notifySocket = try ProcessUnixSocket.bind(path: notifyPath, type: SOCK_DGRAM)
        exit = Exit()

        var variables = ProcessInfo.processInfo.environment
        variables["NOTIFY_SOCKET"] = notifyPath
        // Debian has nginx where only root looks.
        variables["PATH"] = (variables["PATH"] ?? "/usr/bin:/bin") + ":/usr/sbin"
        let input = try directory.write(input, to: "in")
        do {
            identifier = try ProcessSpawn.start(
                [executable] + arguments, environment: variables.merging(environment) { $1 },
                files: (input, directory.file("out"), directory.file("err")), workingDirectory: workingDirectory)
        } catch {
            close(notifySocket)
            throw error
        }
        ProcessSpawn.whenEnded(identifier) { [exit] reap in exit.ended(reap) }
    }

    deinit {
        signal(SIGKILL)
        close(notifySocket)
    }

    /// What it has written to its standard output so far.
    public var output: String { text("out") }
    /// What it has written to its standard error so far.
    public var errors: String { text("err") }

    private func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: directory.file(name)) ?? Data(), as: UTF8.self)
    }

    /// Sends a signal; none when the process has ended, whose number may be another's by then.
    public func signal(_ number: Int32) {
        exit.state.withLock { state in
            if state.status == nil { kill(identifier, number) }
        }
    }

    /// Waits for the end of the process; see ``ProcessResult/status`` for the number.
    public func exitStatus() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status = exit.state.withLock { state -> Int32? in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    /// Asks the process to end (`SIGTERM`) and waits until it has.
    @discardableResult
    public func stop() async -> Int32 {
        signal(SIGTERM)
        return await exitStatus()
    }

    /// Ends the process as a power cut would (`SIGKILL`) and waits until it has.
    @discardableResult
    public func crash() async -> Int32 {
        signal(SIGKILL)
        return await exitStatus()
    }

    /// Waits until the process has sent `READY=1`.
    ///
    /// - Parameter seconds: the longest time to wait, generous, since it only ends a test that has failed.
    /// - Throws: ``ProcessFailure/ended(status:output:)`` when the process ends first, ``ProcessFailure/late(_:)``.
    public func ready(within seconds: Int = 60) async throws {
        let what = "READY=1 of \(executable)"
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            // A thread of its own: the wait blocks, and the pool of tasks may be as small as two threads.
            Thread.detachNewThread { [self] in
                for _ in 0..<(seconds * 10) {
                    if ProcessUnixSocket.receive(from: notifySocket, milliseconds: 100).contains("READY=1") {
                        return continuation.resume()
                    }
                    if let status = exit.state.withLock({ $0.status }) {
                        let output = String((errors + self.output).suffix(2_000))
                        return continuation.resume(throwing: ProcessFailure.ended(status: status, output: output))
                    }
                }
                continuation.resume(throwing: ProcessFailure.late(what))
            }
        }
    }

    /// Runs a process to its end.
    ///
    /// - Throws: ``ProcessFailure`` when it cannot be started; a status other than 0 is not an error. A program that
    ///   does not exist ends with status 127.
    public static func run(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], input: [UInt8] = [],
        workingDirectory: String? = nil
    ) async throws -> ProcessResult {
        let process = try ProcessServer(
            executable, arguments, environment: environment, input: input, workingDirectory: workingDirectory)
        let status = await process.exitStatus()
        return ProcessResult(status: status, output: process.output, errors: process.errors)
    }
}
