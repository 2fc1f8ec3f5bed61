import Foundation

/// Memory that a process has in RAM, in KiB (proc_pid_status(5)).
struct ResidentMemory {
    let total: Double
    let threads: Double
    /// The part that is the mapped weights file.
    let weights: Double

    /// - Throws: ``BenchmarkFailure`` when there is no such process.
    init(of process: ChildProcess) throws {
        let folder = "/proc/\(process.identifier)"
        let status = try Self.lines("\(folder)/status")
        total = Self.value("VmRSS:", in: status[...])
        threads = Self.value("Threads:", in: status[...])
        var weights = 0.0
        let maps = try Self.lines("\(folder)/smaps")
        for (index, line) in maps.enumerated() where line.hasSuffix("model.safetensors") {
            weights += Self.value("Rss:", in: maps[index...])
        }
        self.weights = weights
    }

    private static func lines(_ path: String) throws -> [Substring] {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        } catch {
            throw BenchmarkFailure("\(path) cannot be read: \(error)")
        }
    }

    /// The number after the first such key.
    private static func value(_ key: String, in lines: ArraySlice<Substring>) -> Double {
        let line = lines.first { $0.hasPrefix(key) }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Double($0) } ?? 0
    }
}
