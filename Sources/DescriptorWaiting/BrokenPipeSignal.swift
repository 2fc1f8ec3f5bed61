import Glibc

/// The signal for writing to a connection that its peer has closed.
public enum BrokenPipeSignal {
    /// Makes such a write fail instead of ending the process, unless the program has a handler of its own.
    public static func ignoreIfDefault() {
        var current = sigaction()
        guard sigaction(SIGPIPE, nil, &current) == 0, current.sa_flags & SA_SIGINFO == 0,
            current.__sigaction_handler.sa_handler == nil
        else { return }
        current.__sigaction_handler.sa_handler = SIG_IGN
        sigaction(SIGPIPE, &current, nil)
    }
}
