import Foundation

/// A file of texts, one JSON value a line: a string, or an object with a member `text`.
enum TextFile {
    private struct Line: Decodable {
        var text: String

        private enum Key: CodingKey {
            case text
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {  // Else it is an object.
                self.text = text
            } else {
                text = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .text)
            }
        }
    }

    /// - Throws: ``BenchmarkFailure`` for a line that is neither, or a file without texts; Foundation's error when the
    ///   file cannot be read.
    static func read(_ path: String) throws -> [String] {
        let lines = try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n"))
        let texts = try lines.enumerated().map { number, line in
            do {
                return try JSONDecoder().decode(Line.self, from: line).text
            } catch {
                throw BenchmarkFailure("\(path): line \(number + 1) is no text: \(error)")
            }
        }
        if texts.isEmpty { throw BenchmarkFailure("\(path) holds no text.") }
        return texts
    }
}
