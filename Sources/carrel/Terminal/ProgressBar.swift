import Foundation
import Synchronization

/// How far a long command is, on standard error: a bar that is drawn again in place on a terminal, otherwise a line for
/// every tenth part.
final class ProgressBar: Sendable {
    private struct State {
        var label = ""
        var started = ContinuousClock.now
        var drawn = ContinuousClock.now - .seconds(1)
        var tenths = -1
        var isOpen = false
    }

    private let isTerminal: Bool
    private let width: Int
    private let state = Mutex(State())

    init() {
        isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        width = Self.columns()
    }

    /// - Parameters:
    ///   - label: what is counted, such as `documents`.
    ///   - detail: what is being done right now; shown on a terminal only.
    func show(_ label: String, done: Int, total: Int, detail: String = "") {
        state.withLock { state in
            if label != state.label {
                close(&state)
                state.label = label
                state.started = .now
                state.tenths = -1
            }
            if isTerminal {
                draw(&state, done, total, detail)
            } else {
                let tenths = total > 0 ? done * 10 / total : 10
                guard tenths > state.tenths else { return }
                state.tenths = tenths
                write("\(label): \(done) of \(total)\n")
            }
        }
    }

    /// Ends the bar's line; call it before anything else is printed.
    func finish() {
        state.withLock { state in
            close(&state)
            state.label = ""
        }
    }

    /// Prints a line above the bar.
    func message(_ text: String) {
        state.withLock { state in
            clear(&state)
            write(text + "\n")
        }
    }

    /// Prints a line to standard output, which may be the same terminal, above the bar.
    func output(_ text: String) {
        state.withLock { state in
            clear(&state)
            FileHandle.standardOutput.write(Data((text + "\n").utf8))
        }
    }

    private func clear(_ state: inout State) {
        if state.isOpen { write("\r\u{1B}[K") }
        state.isOpen = false
    }

    private func draw(_ state: inout State, _ done: Int, _ total: Int, _ detail: String) {
        let now = ContinuousClock.now
        // Ten times a second is enough to look at, and costs nothing.
        guard done >= total || now - state.drawn >= .milliseconds(100) else { return }
        state.drawn = now
        let line = ProgressLine(
            label: state.label, done: done, total: total, elapsed: now - state.started, detail: detail)
        write("\r\u{1B}[K" + line.text(width: width))
        state.isOpen = true
    }

    private func close(_ state: inout State) {
        if state.isOpen { write("\n") }
        state.isOpen = false
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    private static func columns() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
