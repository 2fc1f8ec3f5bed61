import OrderedJSON
import TestSupport
import Testing

/// Documents of equal size, and what must be true of a workspace that holds any of them.
struct CrashLibrary {
    /// Batches of ``EmbeddingUpstream`` that one document takes.
    static let batches = 3
    /// The last batch is not full.
    private static let chunks = (batches - 1) * EmbeddingUpstream.batch + 2

    let docpaths: [String]

    init(_ site: Site, documents: Int) async throws {
        var docpaths: [String] = []
        for document in 0..<documents {
            // Two paragraphs do not fit into one chunk of 200 units.
            let paragraphs = (0..<Self.chunks).map { chunk in
                String(repeating: "Document \(document), paragraph \(chunk). ", count: 6).prefix(150) + "end"
            }
            docpaths.append(
                try await site.document("crash-\(document).txt", paragraphs.joined(separator: "\n\n")))
        }
        self.docpaths = docpaths
    }

    /// The body of update-embeddings that adds all.
    var adds: JSONValue { ["adds": .array(docpaths.map(JSONValue.string))] }

    /// Docpaths of the workspace's documents.
    func held(_ site: Site, _ slug: String) async throws -> [String] {
        let workspace = try await site.get("workspace/\(slug)").json["workspace"]?[0]
        return workspace?["documents"]?.arrayValue?.compactMap { $0["docpath"]?.stringValue } ?? []
    }

    /// Expects that search, vector count and list of documents tell the same.
    ///
    /// - Returns: what the workspace holds.
    func checkAgreement(_ site: Site, _ slug: String) async throws -> [String] {
        let held = try await held(site, slug)
        #expect(try await site.get("system/vector-count").json == ["vectorCount": JSONValue(held.count * Self.chunks)])
        let search: JSONValue = ["query": "paragraph", "topN": 1000, "scoreThreshold": 0]
        let found = try await site.post("workspace/\(slug)/vector-search", search).json
        let results = try #require(found["results"]?.arrayValue)
        var counts: [String: Int] = [:]
        for result in results { counts[result["metadata"]?["title"]?.stringValue ?? "", default: 0] += 1 }
        let titles = docpaths.indices.filter { held.contains(docpaths[$0]) }.map { "crash-\($0).txt" }
        #expect(counts == Dictionary(uniqueKeysWithValues: titles.map { ($0, Self.chunks) }))
        #expect(Set(results.map { $0["id"]?.stringValue }).count == results.count)
        #expect(found["message"] == (held.isEmpty ? "No embeddings found for this workspace." : nil))
        return held
    }
}
