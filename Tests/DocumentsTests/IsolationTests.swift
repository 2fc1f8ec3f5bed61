import Foundation
import Testing

@testable import Documents

@Suite("Converter programs have no rights", .timeLimit(.minutes(1)))
struct IsolationTests {
    /// Runs a program as converters run.
    private func run(
        _ command: [String], in folder: ScratchFolder, seconds: Double = 60, memory: Int = 1 << 30,
        output: Int = 1 << 20
    ) async -> ProcessEnd {
        await ChildProcess.run(
            ChildProcess.Command(
                program: ConversionFixture.launcher, arguments: ["isolate", folder.path, "60", "\(memory)"] + command,
                environment: [], outputLimit: output, deadline: .now + .seconds(seconds)))
    }

    private func perl(_ script: String) async throws -> ProcessEnd {
        await run(["/usr/bin/perl", "-e", script], in: try ScratchFolder())
    }

    @Test("what is allowed: reading the folder and writing the output")
    func allowed() async throws {
        let folder = try ScratchFolder()
        try folder.write(Array("hello".utf8), to: "file")
        let end = await run(["/usr/bin/perl", "-pe", "s/h/H/", "file"], in: folder)
        #expect(end.cause == .exited(0))
        #expect(String(decoding: end.output, as: UTF8.self) == "Hello")
    }

    /// What is tried, as a Perl expression that is true on success.
    static let forbidden =
        [
            "open F, q(<), q(/etc/passwd)", "open F, q(<), q(/proc/self/status)", "opendir D, q(/)",
            "open F, q(>), q(made)", "open F, q(>>), q(file)", "open F, q(>), q(/dev/null)", "mkdir q(made)",
            "unlink q(file)", "rename q(file), q(other)", "link q(file), q(other)", "symlink q(file), q(other)",
            "chmod 0777, q(file)", "utime 0, 0, q(file)", "truncate q(file), 0",
            "socket S, 1, 1, 0", "socket S, 2, 1, 0", "socketpair S, T, 1, 1, 0", "defined fork", "kill 0, getppid",
        ] + systemCalls

    #if arch(x86_64)
        /// ptrace and io_uring_setup.
        private static let systemCalls = ["syscall 101, 16, getppid, 0, 0", "syscall 425, 1, 0"]
    #else
        private static let systemCalls: [String] = []
    #endif

    @Test("everything else is refused", arguments: forbidden)
    func refused(_ attempt: String) async throws {
        let folder = try ScratchFolder()
        try folder.write(Array("hello".utf8), to: "file")
        let script = "my $done = \(attempt.hasPrefix("syscall") ? "(\(attempt)) >= 0" : attempt); print $done ? 1 : 0"
        let end = await run(["/usr/bin/perl", "-e", script], in: folder)
        #expect(end.cause == .exited(0))
        #expect(String(decoding: end.output, as: UTF8.self) == "0", "\(end.errors)")
    }

    @Test("nothing of the server's environment is there, and no descriptor")
    func environment() async throws {
        let end = try await perl("print join q(,), sort keys %ENV")
        #expect(String(decoding: end.output, as: UTF8.self) == "HOME,LC_ALL,OMP_THREAD_LIMIT,PATH,TMPDIR")
        let open = try await perl("print grep { open F, q(<&=), $_ } 3..200")
        #expect(open.output.isEmpty)
    }

    @Test("it is killed at its deadline, and when nobody waits any more")
    func killed() async throws {
        let folder = try ScratchFolder()
        let forever = ["/usr/bin/perl", "-e", "$| = 1; print 1; 1 while 1"]
        #expect(await run(forever, in: folder, seconds: 0.3).cause == .late)
        let task = Task { await run(forever, in: folder) }
        task.cancel()
        #expect(await task.value.cause == .cancelled)
    }

    @Test("closing its output early does not end the wait")
    func closedOutput() async throws {
        let end = try await perl("print 5; close STDOUT; close STDERR; exit 3")
        #expect(end.cause == .exited(3))
        #expect(end.output == [UInt8(ascii: "5")])
    }

    @Test("output and memory have their limits")
    func limits() async throws {
        let folder = try ScratchFolder()
        let much = await run(["/usr/bin/perl", "-e", "print q(x) x 65536 while 1"], in: folder)
        #expect(much.cause == .tooMuchOutput)
        #expect(much.output.isEmpty)
        let script = "my @all; push @all, q(x) x (1 << 20) while 1"
        let memory = await run(["/usr/bin/perl", "-e", script], in: folder, memory: 128 << 20)
        #expect(memory.cause == .exited(1))
        #expect(memory.ranOutOfMemory, "\(memory.errors)")
    }

    @Test("a failure of the isolation itself is told apart")
    func failure() async throws {
        let end = await run(["/usr/bin/no-such-program"], in: try ScratchFolder())
        #expect(end.cause == .exited(Isolation.failureStatus))
        #expect(end.errors.contains("no-such-program"))
    }

    @Test("the scratch folder goes with the conversion")
    func scratch() throws {
        let path: String
        do {
            let folder = try ScratchFolder()
            path = folder.path
            try folder.write([1], to: "a")
            #expect(FileManager.default.fileExists(atPath: path + "/a"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("conversions beyond the number at once wait, and a cancelled one leaves the queue")
    func gate() async throws {
        let gate = ConversionGate(places: 1)
        #expect(await gate.enter())
        let cancelled = Task { await gate.enter() }
        let waiting = Task { await gate.enter() }
        cancelled.cancel()
        #expect(await cancelled.value == false)
        await gate.leave()
        #expect(await waiting.value)
    }
}
