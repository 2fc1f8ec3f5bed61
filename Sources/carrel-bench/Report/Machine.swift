import Foundation
import Glibc

/// What the figures were measured on.
enum Machine {
    static var description: String { "\(ProcessInfo.processInfo.hostName): \(hardware)" }

    /// Without the machine's name, for what is published.
    static var hardware: String {
        var system = utsname()
        uname(&system)
        let kernel = withUnsafeBytes(of: &system.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        return "\(cores) cores of \(processor), \(Report.number(memory)) GiB, Linux \(kernel)"
    }

    /// The first core's name, as the kernel knows it.
    private static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""  // Absent: an unknown machine.
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
    }
}
