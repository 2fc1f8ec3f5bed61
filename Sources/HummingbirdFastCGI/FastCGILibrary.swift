import CFastCGI
import DescriptorWaiting
import Glibc
import Synchronization

/// One-time set-up of libfcgi for the whole process.
enum FastCGILibrary {
    /// Result of `FCGX_Init`, once it has been called.
    private static let initialised = Mutex<Int32?>(nil)

    /// Initialises libfcgi and undoes what it does to signals.
    ///
    /// `FCGX_Init` installs handlers for SIGTERM and SIGUSR1 that only set a flag of its own; with them a process
    /// would survive SIGTERM. SIGPIPE stays ignored: libfcgi writes with `write`, and a vanished peer must be an error.
    static func initialise() throws(FastCGIError) {
        let code = initialised.withLock { known in
            if let known { return known }
            var before = [SIGTERM, SIGUSR1, SIGPIPE].map { ($0, sigaction()) }
            for index in before.indices { sigaction(before[index].0, nil, &before[index].1) }
            let code = FCGX_Init()
            for index in before.indices { sigaction(before[index].0, &before[index].1, nil) }
            BrokenPipeSignal.ignoreIfDefault()
            known = code
            return code
        }
        guard code == 0 else { throw .libraryUnavailable(code: code) }
    }
}
