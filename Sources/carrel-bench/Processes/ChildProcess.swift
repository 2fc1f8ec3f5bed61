import Foundation
import Glibc

/// A process that the benchmark starts and stops.
///
/// Not Foundation's `Process`, which takes a child for alive until every descendant has closed an inherited descriptor:
/// the starter of a daemon such as nginx would never end.
final class ChildProcess: Sendable {
    let name: String
    let identifier: pid_t
    private let log: String

    /// - Parameters:
    ///   - arguments: the first is a path, or a name to be looked up in `PATH`.
    ///   - environment: added to this process's own.
    ///   - log: where standard output goes, and standard error when `errors` is nil; made anew.
    /// - Throws: ``BenchmarkFailure`` when it cannot be started.
    init(_ arguments: [String], environment: [String: String] = [:], log: String, errors: String? = nil) throws {
        let name = arguments.first ?? ""
        self.name = name
        self.log = errors ?? log
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let made = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, made, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, made, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        // The signals that this process handles by a dispatch source are ignored otherwise, and that is inherited, as is
        // what the thread has blocked: on a thread of Swift's pool everything, and the child could only be killed.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
        var identifier: pid_t = 0
        let code = Self.withStrings(arguments) { words in
            Self.withStrings(variables) { posix_spawnp(&identifier, name, &actions, &attributes, words, $0) }
        }
        guard code == 0 else { throw BenchmarkFailure("\(name) cannot be started: \(String(cString: strerror(code)))") }
        self.identifier = identifier
    }

    /// - Returns: the exit status as shells report it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        // wait(2): the low seven bits are the signal, if any, and the next byte is the exit status.
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// Asks it to end and waits for that; half a minute later it is not asked any more.
    func stop() {
        kill(identifier, SIGTERM)
        for _ in 0..<300 {
            if waitpid(identifier, nil, WNOHANG) != 0 { return }
            usleep(100_000)
        }
        kill(identifier, SIGKILL)
        wait()
    }

    /// - Throws: ``BenchmarkFailure`` with the end of the log when the process has ended by itself.
    func requireRunning() throws {
        guard waitpid(identifier, nil, WNOHANG) == 0 else {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""  // It wrote nothing.
            throw BenchmarkFailure("\(name) has ended: \(text.suffix(2000))")
        }
    }

    /// Calls `body` with a null-terminated array of C strings, valid during the call.
    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return body(copies)
    }
}
