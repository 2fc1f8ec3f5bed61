import Foundation

/// The part of a Markdown file that a run of the benchmarks writes.
struct ReadmeTable {
    private static let (begin, end) = ("<!-- benchmark -->", "<!-- /benchmark -->")

    let path: String

    /// - Throws: ``BenchmarkFailure`` when the file has no markers; Foundation's error when it cannot be read or written.
    func replace(with table: String) throws {
        var text = try String(contentsOfFile: path, encoding: .utf8)
        guard let begin = text.firstRange(of: Self.begin),
            let end = text[begin.upperBound...].firstRange(of: Self.end)
        else {
            throw BenchmarkFailure("\(path) has no benchmark markers.")
        }
        text.replaceSubrange(begin.upperBound..<end.lowerBound, with: "\n\(table)\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
