import Foundation
import Glibc

/// posix_spawn(3) with what a helper process needs.
///
/// Foundation's `Process` is not used, because it takes a child for alive until every descendant has closed an inherited
/// descriptor: the starter of a daemon such as nginx would never end.
enum ProcessSpawn {
    /// Starts a process with default signal handling and no inherited descriptor beside its standard ones.
    ///
    /// - Parameters:
    ///   - arguments: the first is a path or a name looked up in the `PATH` of `environment`. When it cannot be run,
    ///     the process ends with status 127 and says so.
    ///   - files: paths for standard input, which is read, and standard output and error, which are made.
    /// - Returns: the id of the process.
    /// - Throws: ``ProcessFailure/cannotStart(_:reason:)``.
    static func start(
        _ arguments: [String], environment: [String: String], files: (input: String, output: String, errors: String),
        workingDirectory: String?
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let made = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, files.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, files.output, made, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, files.errors, made, 0o600)
        // Sockets of other tests must not live on in a child, where their peers would never see them closed. A
        // descriptor that is gone meanwhile is no error to posix_spawn.
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > 2 {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }

        // A test that ignores or blocks a signal must not hand that on.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var identifier: pid_t = 0
        let variables = environment.map { "\($0.key)=\($0.value)" }
        // env(1) changes the folder, which posix_spawn can do only with extensions that Swift does not import.
        let command = ["env"] + (workingDirectory.map { ["-C", $0] } ?? []) + arguments
        let code = withStrings(command) { words in
            withStrings(variables) { posix_spawnp(&identifier, command[0], &actions, &attributes, words, $0) }
        }
        guard code == 0 else {
            throw ProcessFailure.cannotStart(arguments.first ?? "", reason: String(cString: strerror(code)))
        }
        return identifier
    }

    /// Waits on a thread of its own until the process has ended, and reaps it inside `reaping`.
    ///
    /// - Parameter reaping: gets a function that reaps the process and returns its status as shells report it; until it
    ///   is called, the id cannot be another process's.
    static func whenEnded(_ identifier: pid_t, _ reaping: @escaping @Sendable (() -> Int32) -> Void) {
        Thread.detachNewThread {
            var information = siginfo_t()
            while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            reaping {
                var status: Int32 = 0
                waitpid(identifier, &status, 0)
                // wait(2): the low seven bits are the signal, if any, and the next byte is the exit status.
                return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
            }
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
