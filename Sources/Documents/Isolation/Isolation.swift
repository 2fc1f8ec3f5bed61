import CIsolation
import Glibc

/// The child's side: restricts this process, then becomes the converter program.
///
/// What is taken away, in this order: inherited descriptors, life after the server, privileges, processor time, memory,
/// file size, all files but programs and libraries and the conversion's folder (Landlock), network, new processes and
/// signals (seccomp). User namespaces would do some of it too, but the unit would have to allow them, which raises its
/// exposure more than they gain.
public struct Isolation: Sendable, Equatable {
    /// Folder that the program may read, and in which it starts.
    public var folder: String
    /// Processor time.
    public var seconds: Int
    /// Address space, bytes.
    public var memory: Int

    public init(folder: String, seconds: Int, memory: Int) {
        self.folder = folder
        self.seconds = seconds
        self.memory = memory
    }

    /// Exit status when the restrictions could not be put in place.
    public static let failureStatus: Int32 = 125

    /// Below these, programs and what they load; the last one is read by Perl when it looks for modules.
    private static let programs = ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/perl"]
    /// Fonts for pages that bring none along.
    private static let data = [
        "/etc/fonts", "/var/cache/fontconfig", "/var/lib/ghostscript", "/dev/null", "/dev/urandom",
    ]

    /// The version of Landlock that the kernel has; 0 means that converter programs can read whatever the server's user
    /// can read.
    public static var landlockVersion: Int { Int(carrel_landlock_version()) }

    /// Never returns when all goes well.
    ///
    /// - Parameter command: path of the program and its arguments.
    /// - Returns: what failed; nothing of the program has run then.
    public func run(_ command: [String]) -> String {
        guard let program = command.first else { return "no program is named" }
        guard chdir(folder) == 0 else { return reason("chdir") }
        guard carrel_close_from(3) == 0 else { return reason("close_range") }
        guard carrel_bind_to_parent() == 0 else { return reason("prctl") }
        for (resource, value) in limits where carrel_limit(resource, value) != 0 { return reason("setrlimit") }
        if Self.landlockVersion > 0, !restrictFiles() { return reason("landlock") }
        guard carrel_restrict_calls() == 0 else { return reason("seccomp") }
        _ = CStrings.with(command) { words in
            CStrings.with(environment) { execve(program, words, $0) }
        }
        return reason("execve \(program)")
    }

    private var limits: [(Int32, UInt64)] {
        [
            (carrel_limit_cpu, UInt64(max(1, seconds))), (carrel_limit_memory, UInt64(memory)),
            (carrel_limit_file_size, 0), (carrel_limit_core, 0), (carrel_limit_files, 256),
        ]
    }

    /// Nothing of the server's environment, where its keys are.
    private var environment: [String] {
        ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + folder, "TMPDIR=" + folder]
            // More threads than one would take memory and gain nothing beside other conversions.
            + ["OMP_THREAD_LIMIT=1"]
    }

    private func restrictFiles() -> Bool {
        CStrings.with(Self.programs) { programs in
            CStrings.with(Self.data + [folder]) { folders in
                let (programs, folders) = (programs.map { UnsafePointer($0) }, folders.map { UnsafePointer($0) })
                return carrel_restrict_files(programs, folders) == 0
            }
        }
    }

    private func reason(_ call: String) -> String { "\(call): \(String(cString: strerror(errno)))" }
}
