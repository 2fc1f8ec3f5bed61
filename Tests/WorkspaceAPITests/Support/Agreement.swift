import OrderedJSON
import Storage
import Testing
import Workspaces

/// Whether all that tells of the same thing says the same: rows, chunks, vectors searched, listings.
enum Agreement {
    static func check(_ api: APIFixture, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let database = api.dependencies.database
        let library = Set(try database.read { try $0.documents() }.map { Array($0.docpath.utf8) })
        var total = 0
        for workspace in try database.read({ try $0.workspaces() }) {
            let id = try #require(workspace.id, sourceLocation: sourceLocation)
            let (rows, chunks) = try database.read { transaction in
                (try transaction.workspaceDocuments(workspaceId: id), try transaction.vectorCount(workspaceId: id))
            }
            let docpaths = rows.map { Array($0.docpath.utf8) }
            #expect(Set(docpaths).count == rows.count, "a document twice", sourceLocation: sourceLocation)
            #expect(library.isSuperset(of: docpaths), "a document that is gone", sourceLocation: sourceLocation)
            #expect(chunks >= rows.count, sourceLocation: sourceLocation)
            // A vector that had outlived its chunk would take the place of another among the first ones.
            for topN in [max(chunks, 1), 1_000_000] {
                let found = try await api.post(
                    "/v1/workspace/\(workspace.slug)/vector-search",
                    #"{"query":"delivery","topN":\#(topN),"scoreThreshold":0}"#)
                #expect(try found.json()["results"]?.arrayValue?.count == chunks, sourceLocation: sourceLocation)
            }
            let shown = try await api.get("/v1/workspace/" + workspace.slug).json()["workspace"]?[0]?["documents"]
            #expect(
                shown?.arrayValue?.compactMap { $0["docpath"]?.stringValue } == rows.map(\.docpath),
                sourceLocation: sourceLocation)
            total += chunks
        }
        #expect(
            try await api.get("/v1/system/vector-count").body == #"{"vectorCount":\#(total)}"#,
            sourceLocation: sourceLocation)
    }
}
