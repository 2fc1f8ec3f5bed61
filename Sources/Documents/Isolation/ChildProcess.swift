import CIsolation
import Foundation
import Glibc

/// One run of a program: its descriptors, and the loop that waits for output, end, deadline and cancellation in one
/// `poll`.
///
/// It blocks, so it runs on a thread of its own. The same thread starts the program, because the kernel ends a program
/// that asked for it together with the thread that started it.
struct ChildProcess {
    struct Command: Sendable {
        var program: String
        var arguments: [String]
        var environment: [String]
        var outputLimit: Int
        var deadline: ContinuousClock.Instant
    }

    private static let errorLimit = 8_192

    private let process: pid_t
    private let command: Command
    private var end = ProcessEnd.notStarted
    private var errors: [UInt8] = []
    /// Standard output, standard error, the process, the bell; -1 where nothing more is to come.
    private var descriptors: [Int32]

    /// Runs a program to its end, or kills it with its process group.
    ///
    /// Cancelling the task kills it.
    static func run(_ command: Command) async -> ProcessEnd {
        guard let bell = Bell() else { return .notStarted }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: runBlocking(command, bell)) }
            }
        } onCancel: {
            bell.ring()
        }
    }

    private static func runBlocking(_ command: Command, _ bell: Bell) -> ProcessEnd {
        guard let output = Pipe(), let errors = Pipe(),
            let process = start(command, output: output.writing, errors: errors.writing)
        else { return .notStarted }
        output.closeWriting()
        errors.closeWriting()
        let watch = carrel_pidfd_open(process)
        defer { if watch >= 0 { close(watch) } }
        var child = ChildProcess(
            process: process, command: command, descriptors: [output.reading, errors.reading, watch, bell.descriptor])
        let cause = watch < 0 ? ProcessEnd.Cause.notStarted : child.watch()
        return child.reap(cause)
    }

    private init(process: pid_t, command: Command, descriptors: [Int32]) {
        self.process = process
        self.command = command
        self.descriptors = descriptors
    }

    /// - Returns: why it has to be killed; nil when it has ended by itself and all its output is read.
    private mutating func watch() -> ProcessEnd.Cause? {
        while descriptors[0...2].contains(where: { $0 >= 0 }) {
            let left = ContinuousClock.now.duration(to: command.deadline)
            guard left > .zero else { return .late }
            var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let milliseconds = Int32(min(left / .milliseconds(1), 60_000).rounded(.up))
            guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { continue }
            if polled[3].revents != 0 { return .cancelled }
            if polled[0].revents != 0 { read(0) }
            if polled[1].revents != 0 { read(1) }
            if polled[2].revents != 0 { descriptors[2] = -1 }
            if end.output.count > command.outputLimit { return .tooMuchOutput }
        }
        return nil
    }

    private mutating func read(_ index: Int) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptors[index], &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        if count <= 0 {
            descriptors[index] = -1
        } else if index == 0 {
            end.output.append(contentsOf: buffer[..<count])
        } else if errors.count < Self.errorLimit {
            errors.append(contentsOf: buffer[..<count])
        }
    }

    /// Kills what is left of the process group, before the process's number can be another's.
    private mutating func reap(_ cause: ProcessEnd.Cause?) -> ProcessEnd {
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        // wait(2): the low seven bits are the signal, if any, and the next byte is the exit status.
        let signal = status & 0x7F
        end.cause = cause ?? (signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal))
        end.errors = String(decoding: errors.prefix(Self.errorLimit), as: UTF8.self)
        if end.cause == .tooMuchOutput { end.output = [] }
        return end
    }
}

extension ChildProcess {
    /// - Returns: nil when the system cannot start it.
    private static func start(_ command: Command, output: Int32, errors: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // libfcgi ignores some signals, and that would be inherited.
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var process: pid_t = 0
        let code = CStrings.with([command.program] + command.arguments) { words in
            CStrings.with(command.environment) { variables in
                posix_spawn(&process, command.program, &actions, &attributes, words, variables)
            }
        }
        return code == 0 ? process : nil
    }
}

extension ChildProcess {
    /// Two ends of a pipe, closed with the last reference.
    private final class Pipe {
        let reading: Int32
        private(set) var writing: Int32

        init?() {
            var ends: [Int32] = [-1, -1]
            guard carrel_pipe(&ends, 0) == 0 else { return nil }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            closeWriting()
        }

        func closeWriting() {
            if writing >= 0 { close(writing) }
            writing = -1
        }
    }

    /// Wakes the loop once, from any thread.
    private final class Bell: Sendable {
        let descriptor: Int32
        private let rope: Int32

        init?() {
            var ends: [Int32] = [-1, -1]
            guard carrel_pipe(&ends, O_NONBLOCK) == 0 else { return nil }
            (descriptor, rope) = (ends[0], ends[1])
        }

        deinit {
            close(descriptor)
            close(rope)
        }

        func ring() {
            var byte: UInt8 = 1
            _ = write(rope, &byte, 1)
        }
    }
}
