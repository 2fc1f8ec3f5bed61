import Foundation

/// A storage folder with one workspace without documents and one of 5,000 chunks.
///
/// Embedding takes minutes with the native engine, so the folder is kept for the next run; removing it starts anew.
struct Library {
    static let chunks = 5000
    static let emptyWorkspace = "reading-room"
    static let workspace = "library"
    private static let chunksInDocument = 200
    /// What the folder holds; another number makes a new one.
    private static let version = "1"

    let storage: String
    private let marker: String

    /// - Parameter name: of the folder; one for each embedder.
    init(_ bench: Workbench, name: String) throws {
        marker = bench.path("\(name).version")
        let isComplete = (try? String(contentsOfFile: marker, encoding: .utf8)) == Self.version  // Absent: no.
        storage = isComplete ? bench.path(name) : try bench.freshFolder(name)
    }

    /// Adds what is missing.
    ///
    /// - Throws: ``BenchmarkFailure`` when Carrel refuses, or does not hold what it was given.
    func fill(_ api: APIClient, note: (String) -> Void) throws {
        if try count(api) == 0 {
            try FileManager.default.removeIfPresent(marker)
            for name in ["Reading room", "Library"] {
                _ = try api.call("POST", "/api/v1/workspace/new", ["name": name], as: Replies.NewWorkspace.self)
            }
            note("embedding \(Self.chunks) chunks; the next run finds them in \(storage)")
            var prose = Prose(seed: 5000)
            for number in 0..<Self.chunks / Self.chunksInDocument { try add(number, &prose, api) }
        }
        let found = try count(api)
        guard found == Self.chunks else {
            throw BenchmarkFailure(
                "\(found) vectors are stored instead of \(Self.chunks); remove \(storage) and \(marker).")
        }
        try Self.version.write(toFile: marker, atomically: true, encoding: .utf8)
    }

    private func count(_ api: APIClient) throws -> Int {
        try api.call("GET", "/api/v1/system/vector-count", as: Replies.VectorCount.self).vectorCount
    }

    /// Paragraphs of more than half a chunk are never joined by the splitter, so each becomes one chunk.
    private func add(_ number: Int, _ prose: inout Prose, _ api: APIClient) throws {
        struct Document: Encodable {
            var textContent: String
            var addToWorkspaces = Library.workspace
            var metadata: [String: String]
        }
        let text = (0..<Self.chunksInDocument).map { _ in prose.paragraph(atLeast: 520) }.joined(separator: "\n\n")
        let stored = try api.call(
            "POST", "/api/v1/document/raw-text",
            Document(textContent: text, metadata: ["title": "volume \(number).txt"]), as: Replies.Stored.self)
        if !stored.success { throw BenchmarkFailure("Volume \(number) was not stored.") }
    }
}

extension FileManager {
    fileprivate func removeIfPresent(_ path: String) throws {
        if fileExists(atPath: path) { try removeItem(atPath: path) }
    }
}
