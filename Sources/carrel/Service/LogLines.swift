import Glibc

/// Standard error for a log: one line for each event, whatever is in it.
///
/// Names come from clients, and a line end in one would let its author write lines that look like the server's own; other
/// controls would reach the terminal of whoever reads them.
struct LogLines: TextOutputStream, Sendable {
    /// In one call, so that lines of several threads do not mix. What cannot be written is lost: there is nowhere to say so.
    ///
    /// - Parameter line: one event with the line end behind it.
    mutating func write(_ line: String) {
        var line = Self.escaped(line)
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// - Returns: the text with everything in it that is no part of a line as `\u{…}`, but for a line end at its end.
    static func escaped(_ line: String) -> String {
        let scalars = line.unicodeScalars
        let hasEnd = scalars.last == "\n"
        let content = hasEnd ? scalars.dropLast() : scalars[...]
        guard content.contains(where: isControl) else { return line }
        var escaped = String.UnicodeScalarView()
        for scalar in content {
            if isControl(scalar) {
                escaped.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        if hasEnd { escaped.append("\n") }
        return String(escaped)
    }

    /// Controls, separators of lines, and what turns the direction of what follows.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
